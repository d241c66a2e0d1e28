/** Width in CSS pixels up to which the window fills the screen; `widget.css` says the same. */
export const phone = '(max-width: 520px)'
