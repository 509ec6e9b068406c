import { darkTheme, type GlobalTheme, type GlobalThemeOverrides } from 'naive-ui'

/** The component library's theme in our colours, sized by the root size in px. */
export function naiveTheme(dark: boolean, rem: number): { theme: GlobalTheme | null; overrides: GlobalThemeOverrides } {
  const px = (n: number) => `${Math.round(n * rem * 10) / 10}px`
  const accent = dark
    ? { primaryColor: '#7db0ff', primaryColorHover: '#9cc3ff', primaryColorPressed: '#5f9af5', primaryColorSuppl: '#7db0ff' }
    : { primaryColor: '#1d5fbf', primaryColorHover: '#2f74d8', primaryColorPressed: '#17498f', primaryColorSuppl: '#1d5fbf' }
  const surface = dark
    ? {
        bodyColor: '#0e141e',
        cardColor: '#161e2b',
        modalColor: '#161e2b',
        popoverColor: '#1d2737',
        inputColor: '#1a2433',
        textColor1: '#e6ebf3',
        textColor2: '#d3dbe6',
        textColor3: '#93a1b6',
        placeholderColor: '#93a1b6',
        borderColor: '#3a4860',
        dividerColor: '#2a3648',
      }
    : {
        textColor1: '#17202e',
        textColor2: '#2a3547',
        textColor3: '#596679',
        placeholderColor: '#596679',
        borderColor: '#cdd6e2',
        dividerColor: '#dfe5ee',
      }
  const border = { border: '1px solid #3a4860' }
  return {
    theme: dark ? darkTheme : null,
    overrides: {
      common: {
        ...accent,
        ...surface,
        fontFamily: 'var(--font)',
        fontFamilyMono: 'var(--mono)',
        fontSize: px(1),
        fontSizeTiny: px(0.86),
        fontSizeSmall: px(0.93),
        fontSizeMedium: px(1),
        fontSizeLarge: px(1.07),
        heightTiny: px(1.6),
        heightSmall: px(2),
        heightMedium: px(2.4),
        heightLarge: px(2.8),
        borderRadius: '6px',
        borderRadiusSmall: '4px',
      },
      Tooltip: { padding: '6px 10px' },
      // The library has these in px whatever the size of text beside them.
      Tag: { padding: `0 ${px(0.5)}`, closeIconSizeSmall: px(0.86), closeSizeSmall: px(1.14), closeMargin: `0 0 0 ${px(0.29)}` },
      Select: {
        peers: {
          InternalSelection: {
            paddingSingle: `0 ${px(1.8)} 0 ${px(0.86)}`,
            paddingMultiple: `3px ${px(1.8)} 0 ${px(0.86)}`,
            arrowSize: px(1.14),
            clearSize: px(1.14),
            ...(dark && border),
          },
        },
      },
      // The dark theme draws fields without a border, which ours needs on its dark ground.
      ...(dark && { Input: border }),
    },
  }
}
