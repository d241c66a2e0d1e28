/** A sentence of the word table: what stands between backticks is code. */
export const Rich = ({ text }: { readonly text: string }) => <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>
