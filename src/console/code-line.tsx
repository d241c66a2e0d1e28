import { CopyButton } from './copy-button.js'

/** What is to be pasted somewhere, with a button that copies it. */
export const CodeLine = ({ text, label, isCommand = false }: { readonly text: string; readonly label: string; readonly isCommand?: boolean }) => (
  <div class="code">
    <code>
      <span class="vh">{label}: </span>
      {isCommand && <span class="pr">$ </span>}
      {text.split(' ').map((word, at) => (
        <>
          {at > 0 && ' '}
          <span class="word">{word}</span>
        </>
      ))}
    </code>
    <CopyButton text={text} />
  </div>
)
