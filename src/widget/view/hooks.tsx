/** Elements that Jivo's widget has, that draw nothing here, and that sites look for. Ids and readable parts of classes are seen on real sites. */

export const Player = () => (
  <jdiv id="jivo-player">
    {['agent_message', 'notification', 'outgoing_message'].map(sound => (
      // biome-ignore lint/a11y/useMediaCaption: it plays nothing
      <audio key={sound} id={`jivo-sound-${sound}`} preload="none" />
    ))}
  </jdiv>
)

export const Trackers = () => (
  <>
    <jdiv class="jv-pseudo-height" />
    <jdiv class="jv-mouse-track" />
  </>
)
