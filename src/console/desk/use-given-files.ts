import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Takes the files that are pasted into the field's form, or dropped on the pane that the form stands in. */
export const useGivenFiles = (field: RefObject<HTMLInputElement | null>, give: (files: readonly File[]) => void): void => {
  const take = useRef(give)
  take.current = give
  useEffect(() => {
    const form = field.current?.form
    const pane = form?.closest<HTMLElement>('.pane') ?? form
    if (form == null || pane == null) return
    const takeFrom = (event: Event, data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      take.current(files)
    }
    const onPaste = (event: ClipboardEvent) => takeFrom(event, event.clipboardData)
    const onDrop = (event: DragEvent) => takeFrom(event, event.dataTransfer)
    // Without this a browser leaves the page for the file.
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    form.addEventListener('paste', onPaste)
    pane.addEventListener('dragover', onDragOver)
    pane.addEventListener('drop', onDrop)
    return () => {
      form.removeEventListener('paste', onPaste)
      pane.removeEventListener('dragover', onDragOver)
      pane.removeEventListener('drop', onDrop)
    }
  }, [field])
}
