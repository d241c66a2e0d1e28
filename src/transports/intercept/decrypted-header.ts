/** Header of a tunnel to an emulator that carries what came over TLS, already decrypted. Both ends of it are ours. */
export const decryptedHeader = 'jivo-dev-decrypted'
