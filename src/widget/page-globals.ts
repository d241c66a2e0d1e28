/** The page's global names, as sites define and read them. */
export const globals = window as unknown as Record<string, unknown>
