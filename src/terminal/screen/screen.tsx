/** @jsxImportSource react */
import { Box, Text, useInput } from 'ink'
import { memo, useSyncExternalStore } from 'react'
import { painted } from './painted.js'
import type { ScreenModel } from './screen-model.js'

interface ScreenProps {
  readonly model: ScreenModel
  readonly hasColors: boolean
  readonly isUtf8: boolean
}

/** The frame of the model, row by row. */
export const Screen = ({ model, hasColors, isUtf8 }: ScreenProps) => {
  useSyncExternalStore(model.subscribe, model.version)
  useInput((input, key) => model.press({ input, key: key as never }))
  return (
    <Box flexDirection="column">
      {model.frame().map((spans, at) => (
        <Row key={at} text={painted(spans, { hasColors, isUtf8 })} />
      ))}
    </Box>
  )
}

/** A row that did not change costs nothing. An empty one must still take its place. */
const Row = memo(({ text }: { readonly text: string }) => <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>)
