import { Fragment } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { jsx, jsxs } from 'preact/jsx-runtime'
import { Icon, Shape } from './icon.js'

/** What the second script takes from the first instead of carrying its own copy. `scripts/build.mjs` has the names too. */
export const shared = { Fragment, Icon, Shape, jsx, jsxs, useEffect, useRef, useState }
