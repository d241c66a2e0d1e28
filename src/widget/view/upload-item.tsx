import { Icon } from './icon.js'
import type { Upload } from './more.js'
import type { ViewProps } from './visitor-actions.js'

/** A file that is on its way, or did not get there. */
export const UploadItem = ({ upload, words, actions }: ViewProps & { readonly upload: Upload }) => {
  const { file, isVoice, status } = upload
  return (
    <jdiv class="jv-message jv-own">
      <jdiv class="jv-bubble">{isVoice ? words.voice : file.name}</jdiv>
      {status === 'sending' ? (
        <jdiv class="jv-time">
          <Icon name="clock" size={13} />
          {words.sending}
        </jdiv>
      ) : (
        <button type="button" class="jv-time jv-failed" onClick={() => (status === 'failed' ? actions.retry(upload) : actions.drop(upload))}>
          <Icon name="alert" size={13} />
          {status === 'failed' ? words.failed : words.tooBig}
        </button>
      )}
    </jdiv>
  )
}
