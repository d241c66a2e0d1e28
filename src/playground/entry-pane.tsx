import { useState } from 'preact/hooks'
import { useApp } from '../console/app-context.js'
import { CopyButton } from '../console/copy-button.js'
import { EvidenceMark } from '../console/evidence-mark.js'
import { Icon } from '../console/icons.js'
import { Rich } from '../console/rich.js'
import type { Evidence } from '../contracts/evidence.js'
import type { ApiArgument, ApiEntry } from '../contracts/widget-api.js'
import { codeOf, commandOf, exampleText, kindOf, readField, withoutRest } from './arguments.js'
import type { HandlerMode, PageLog } from './page-log.js'
import { playgroundWords } from './words.js'

const modes: readonly HandlerMode[] = ['notes', 'throws', 'missing']

/** What is known of one callback or method, and the form that calls it. */
export const EntryPane = ({ entry, log }: { readonly entry: ApiEntry; readonly log: PageLog }) => {
  const { settings } = useApp()
  const { lang } = settings
  const words = playgroundWords(lang)
  const { name, kind, args, about } = entry
  const [texts, setTexts] = useState(() => args.map(exampleText))
  const read = args.map((argument, at) => readField(argument, texts[at] ?? ''))
  const values = withoutRest(read.map(one => ('value' in one ? one.value : undefined)))
  const isWrong = read.some(one => 'problem' in one)
  const run = (event: Event) => {
    event.preventDefault()
    if (isWrong) return
    if (kind === 'callback') void log.fire(name, values)
    else log.call(entry, values)
  }
  return (
    <article class="pane">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class="scroll doc" tabIndex={0} aria-label={name}>
        <a class="btn quiet sm only-phone" href="#index">
          <Icon name="back" class="s" />
          {words.backToIndex}
        </a>
        <h2 class="signature">
          {name}({args.map(argument => `${argument.name}${argument.optional ? '?' : ''}`).join(', ')})
        </h2>
        <p>
          <Rich text={about[lang]} />
        </p>
        <h3>{kind === 'callback' ? words.fireIt : words.callIt}</h3>
        <form class="form" onSubmit={run}>
          {args.length === 0 && <p class="t3">{words.noArguments}</p>}
          {args.map((argument, at) => (
            <Field
              key={argument.name}
              argument={argument}
              text={texts[at] ?? ''}
              problem={problemOf(read[at], words)}
              change={text => setTexts(texts.with(at, text))}
            />
          ))}
          <div class="acts">
            {kind === 'callback' && (
              <label class="t2">
                {words.handler}{' '}
                <select class="in" value={log.modeOf(name)} onChange={({ currentTarget }) => log.setMode(name, currentTarget.value as HandlerMode)}>
                  {modes.map(mode => (
                    <option key={mode} value={mode}>
                      {words.handlers[mode]}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <span class="grow" />
            <button class="btn primary" type="submit" disabled={isWrong}>
              <Icon name="play" class="s" />
              {kind === 'callback' ? words.fire : words.call}
            </button>
          </div>
        </form>
        <Code text={codeOf(entry, values)} />
        {kind === 'callback' && <Code text={commandOf(name, values)} prompt />}
        <h3>{words.known}</h3>
        <Facts entry={entry} />
        <p class="t3 source">
          {words.source} {entry.source}
        </p>
      </section>
    </article>
  )
}

const problemOf = (read: ReturnType<typeof readField> | undefined, words: ReturnType<typeof playgroundWords>): string | null =>
  read !== undefined && 'problem' in read ? words[read.problem] : null

interface FieldProps {
  readonly argument: ApiArgument
  readonly text: string
  readonly problem: string | null
  readonly change: (text: string) => void
}

const Field = ({ argument, text, problem, change }: FieldProps) => {
  const { settings } = useApp()
  const words = playgroundWords(settings.lang)
  const kind = kindOf(argument)
  const id = `arg-${argument.name}`
  const shared = { id, value: text, spellcheck: false, 'aria-invalid': problem !== null, 'aria-describedby': problem === null ? undefined : `${id}-problem` }
  return (
    <div class="arg">
      <label for={id}>
        <code>{argument.name}</code>
      </label>
      {kind === 'function' ? (
        <output id={id} class="t3">
          {words.functionArgument}
        </output>
      ) : kind === 'json' ? (
        <textarea
          class="in mono"
          rows={text.length > 60 ? 4 : 2}
          placeholder={words.leaveOut}
          {...shared}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      ) : (
        <input class="in" placeholder={words.leaveOut} {...shared} onInput={({ currentTarget }) => change(currentTarget.value)} />
      )}
      {problem !== null && (
        <p class="fail-t" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

const Code = ({ text, prompt = false }: { readonly text: string; readonly prompt?: boolean }) => (
  <div class="code">
    <code>
      {prompt && <span class="pr">$ </span>}
      {text}
    </code>
    <CopyButton text={text} />
  </div>
)

const Facts = ({ entry }: { readonly entry: ApiEntry }) => {
  const { settings, words: shared } = useApp()
  const { lang } = settings
  const words = playgroundWords(lang)
  const { name, kind, args, returns, notes, evidence, about } = entry
  const row = (key: string, label: string, isCode: boolean, type: string, meaning: string, sure: Evidence) => (
    <tr key={key}>
      <td>{isCode ? <code>{label}</code> : label}</td>
      <td>{type !== '' && <code>{type}</code>}</td>
      <td>
        <Rich text={meaning} />
      </td>
      <td class="t2 sure">
        <EvidenceMark evidence={sure} /> <span aria-hidden="true">{shared.evidence[sure]}</span>
      </td>
    </tr>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="row-scroll" tabIndex={0} aria-label={words.known}>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.type}</th>
            <th scope="col">{words.meaning}</th>
            <th scope="col">{words.evidence}</th>
          </tr>
        </thead>
        <tbody>
          {row('self', name, true, '', about[lang], evidence)}
          {args.map(argument =>
            row(argument.name, argument.name, true, argument.optional ? `${argument.type}, ?` : argument.type, argument.about[lang], argument.evidence),
          )}
          {returns !== null && row('returns', words.returns, false, returns.type, returns.about[lang], returns.evidence)}
          {returns === null && kind !== 'callback' && row('returns', words.returns, false, '', words.nothing, 'guessed')}
          {notes.map((note, at) => row(`note ${at}`, words.note, false, '', note.text[lang], note.evidence))}
        </tbody>
      </table>
    </section>
  )
}
