/** `div#jivo-iframe-container > iframe#jivo_container`, hidden: it stands for the frame in which Jivo's script runs. */
export const addContainer = (): HTMLElement => {
  const container = document.createElement('div')
  container.id = 'jivo-iframe-container'
  container.style.cssText = 'opacity:0;visibility:hidden;width:0px;height:0px;overflow:hidden;position:absolute'
  const frame = document.createElement('iframe')
  frame.id = 'jivo_container'
  frame.name = 'jivo_container'
  frame.title = 'Jivochat'
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  frame.style.cssText = 'width:0px;height:0px;border:0'
  container.append(frame)
  document.body.append(container)
  return container
}
