import { useEffect, useState } from 'preact/hooks'
import type { Field } from '../contracts/paths.js'
import { readJson } from './api.js'
import type { Schema } from './fire/contract.js'

/** What the emulator tells of an event's contract. */
export interface Contract {
  readonly fields: readonly Field[]
  readonly schema: Schema
}

/** Each event's contract, asked for once. What failed is asked for again the next time. */
const known = new Map<string, Promise<Contract | null>>()

const contractOf = (event: string): Promise<Contract | null> => {
  const asked = known.get(event)
  if (asked !== undefined) return asked
  const contract = readJson(`/_dev/schema/${encodeURIComponent(event)}`).then(answer => {
    const { fields, schema } = (answer ?? {}) as Partial<Contract>
    if (Array.isArray(fields) && schema !== undefined) return { fields, schema }
    known.delete(event)
    return null
  })
  known.set(event, contract)
  return contract
}

/** Undefined until it has come, null where there is none. */
export const useContract = (event: string): Contract | null | undefined => {
  const [loaded, setLoaded] = useState<{ event: string; contract: Contract | null } | null>(null)
  useEffect(() => {
    let isWanted = event !== ''
    if (isWanted) void contractOf(event).then(contract => isWanted && setLoaded({ event, contract }))
    return () => {
      isWanted = false
    }
  }, [event])
  return loaded?.event === event ? loaded.contract : undefined
}

/** Null until the contract has come, and for good where there is none. */
export const useSchema = (event: string): readonly Field[] | null => useContract(event)?.fields ?? null
