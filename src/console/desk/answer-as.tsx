import type { AccountAgent } from '../../contracts/account.js'
import { useApp } from '../app-context.js'
import { deskWords } from './words.js'

interface Props {
  readonly agents: readonly AccountAgent[]
  readonly agent: number
  readonly choose: (agent: number) => void
}

/** In whose name the next message goes, once several agents are in the chat. */
export const AnswerAs = ({ agents, agent, choose }: Props) => {
  const { settings } = useApp()
  const { answerAs } = deskWords(settings.lang)
  return (
    <select class="in answer-as" aria-label={answerAs} title={answerAs} value={agent} onChange={event => choose(Number(event.currentTarget.value))}>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
