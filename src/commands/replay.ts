export const configure = () => {}
