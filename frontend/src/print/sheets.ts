// The sheets that a page is printed on, and what stands at the foot of each.

/** A text as CSS writes it. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`

/**
 * The @page rule of what is printed now. Page numbers stand in margin boxes, where
 * the browser has them. `{n}` and `{all}` stand in `pages` for the numbers.
 */
export function sheets(wide: boolean, foot: string, pages: string): string {
  const numbers = pages
    .split(/(\{n\}|\{all\})/)
    .map((part) => ({ '{n}': 'counter(page)', '{all}': 'counter(pages)' })[part] ?? quoted(part))
    .join(' ')
  const small = 'font-family: sans-serif; font-size: 8pt; color: #555;'
  return `@page { size: A4 ${wide ? 'landscape' : 'portrait'}; margin: 14mm 12mm 17mm;
    @bottom-left { ${small} width: 70%; text-align: left; content: ${quoted(foot)} }
    @bottom-right { ${small} text-align: right; content: ${numbers} } }`
}

/** Puts the rule into the document, in the place of the one before. */
export function useSheets(css: string): void {
  const id = 'sheets'
  let style = document.getElementById(id)
  if (!style) {
    style = document.createElement('style')
    style.id = id
    document.head.append(style)
  }
  style.textContent = css
}
