import { Icon } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { moreWords } from './words.js'

/** Files that are on their way, or did not get there. */
export const UploadItems = ({ uploads, words, language }: ViewProps) => {
  const more = moreWords(language)
  return (
    <>
      {uploads?.list().map(upload => (
        <jdiv key={upload.id} class="jv-message jv-own">
          <jdiv class="jv-bubble">{upload.isVoice ? more.voice : upload.file.name}</jdiv>
          {upload.status === 'sending' ? (
            <jdiv class="jv-time">
              <Icon name="clock" size={13} />
              {words.sending}
            </jdiv>
          ) : (
            <button type="button" class="jv-time jv-failed" onClick={() => (upload.status === 'failed' ? uploads.retry(upload) : uploads.drop(upload))}>
              <Icon name="alert" size={13} />
              {upload.status === 'failed' ? words.failed : more.tooBig}
            </button>
          )}
        </jdiv>
      ))}
    </>
  )
}
