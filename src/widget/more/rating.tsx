import type { Rate } from '../../contracts/messages.js'
import { Shape } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { moreWords } from './words.js'

const up = 'M7 10.5v9H4v-9ZM7 10.5l4-7a2.2 2.2 0 0 1 2.2 2.6l-.7 3.4H19a1.8 1.8 0 0 1 1.8 2.2l-1.4 6.2a2 2 0 0 1-2 1.6H7'
const down = 'M7 13.5v-9H4v9ZM7 13.5l4 7a2.2 2.2 0 0 0 2.2-2.6l-.7-3.4H19a1.8 1.8 0 0 0 1.8-2.2l-1.4-6.2a2 2 0 0 0-2-1.6H7'

/** How the chat went; it can be changed. */
export const RatingCard = ({ session: { rating }, language, actions }: ViewProps) => {
  const words = moreWords(language)
  const choices: [Rate, string, string][] = [
    ['positive', words.good, up],
    ['negative', words.bad, down],
  ]
  return (
    <fieldset class="jv-form jv-card" aria-labelledby="jv-rating">
      <jdiv class="jv-heading" id="jv-rating">
        {words.howWasIt}
      </jdiv>
      <jdiv class="jv-rate">
        {choices.map(([rate, name, d]) => (
          <button key={rate} type="button" class={`jv-thumb jv-${rate}`} aria-pressed={rating?.rate === rate} onClick={() => actions.rate(rate)}>
            <Shape d={d} />
            {name}
          </button>
        ))}
      </jdiv>
      {rating?.rate != null && <jdiv class="jv-lead">{words.thanks}</jdiv>}
    </fieldset>
  )
}
