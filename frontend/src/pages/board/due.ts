import type { EChartsCoreOption } from 'echarts/core'
import type { DueSlot } from '@/api/schema'
import { clockTime } from '@/format/time'

/** The theme's colours, as a canvas or SVG drawn by a library needs them. */
export interface Palette {
  ink: string
  line: string
  panel: string
  levels: Record<DueSlot['level'], string>
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: of('--ink-3'),
    line: of('--line'),
    panel: of('--panel'),
    levels: { none: of('--accent'), warn: of('--warn'), yellow: of('--yellow-fill'), red: of('--red') },
  }
}

/** Marks over the bars, so that levels are told by shape too. */
const MARK: Record<DueSlot['level'], string> = { none: '', warn: '▲', yellow: '◆', red: '■' }

export function dueOption(slots: DueSlot[], p: Palette, rem: number, says: (s: DueSlot) => string): EChartsCoreOption {
  const size = Math.round(rem * 0.82)
  return {
    animation: false,
    grid: { left: rem * 2, right: 4, top: size + 4, bottom: size + 8 },
    textStyle: { fontFamily: 'inherit', fontSize: size, color: p.ink },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      backgroundColor: p.panel,
      borderColor: p.line,
      textStyle: { color: p.ink, fontSize: size },
      formatter: (at: unknown) => {
        const slot = slots[(at as { dataIndex: number }[])[0]?.dataIndex ?? -1]
        return slot ? says(slot) : ''
      },
    },
    xAxis: {
      type: 'category',
      data: slots.map((s) => clockTime(s.from)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: p.line } },
      axisLabel: { color: p.ink, fontSize: size, interval: (_: number, label: string) => label.endsWith(':00') },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 2,
      splitLine: { lineStyle: { color: p.line, opacity: 0.5 } },
      axisLabel: { color: p.ink, fontSize: size },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '22%',
        cursor: 'pointer',
        data: slots.map((s) => ({
          value: s.count,
          itemStyle: { color: p.levels[s.level], opacity: s.level === 'none' ? 0.45 : 0.9, borderRadius: [2, 2, 0, 0] },
          label: { show: s.level !== 'none', position: 'top', distance: 1, formatter: MARK[s.level], color: p.levels[s.level], fontSize: size },
        })),
      },
    ],
  }
}
