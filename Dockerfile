# The emulator of this checkout, packed and installed as anybody would install it.
#   docker build --tag jivo-dev .
#   docker run --rm --publish 127.0.0.1:7410:80 jivo-dev
FROM node:24-alpine AS package
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm pack --pack-destination /package

FROM node:24-alpine
COPY --from=package /package /package
RUN npm install --global /package/*.tgz && rm -r /package && npm cache clean --force \
  && mkdir /data /trust && chown node:node /data /trust
# Docker lets every user have the ports below 1024 of a container.
USER node
WORKDIR /data
VOLUME ["/data", "/trust"]
EXPOSE 80 443
HEALTHCHECK --interval=2s --timeout=2s --start-period=20s --retries=10 CMD ["wget", "-qO", "/dev/null", "http://127.0.0.1/"]
ENTRYPOINT ["jivo-dev"]
CMD ["emulate", "--host", "0.0.0.0", "--port", "80", "--tls-port", "443", "--data", "/data", "--trust", "/trust"]
