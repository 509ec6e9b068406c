// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { messages } from '@/i18n/messages'

/** All texts of the pages in Chinese, with the names of lists and of their columns. */
const pages = JSON.stringify(messages['zh-CN']) + readFileSync('src/lists/generated.ts', 'utf8')

describe('wording: pages speak as a clerk does', () => {
  it.each([
    // what stood there, and what stands there now
    [/适配器|数据流|进程/, '数据接口'],
    [/隔离区/, '问题数据'],
    [/账簿/, '存证编号'],
    [/检查点决定/, '抽取由当天的电子存证自动决定，任何人不能挑选'],
    [/两条时钟|全部规则都/, '承诺时限、法定时限和各项规则均已核对'],
    [/现在的密码是别人/, '当前为初始密码，请先修改'],
    [/再输一次/, '确认新密码'],
    [/登录名/, '账号'],
    [/对方的期限/, '提交后，效能办应在'],
    [/哪天去/, '到访时间和方式'],
    [/请谁去/, '拟派监督员'],
    [/该去哪里/, '建议走访部门'],
    [/站得住脚/, '成立'],
    [/待声明回避/, '待确认是否回避'],
    [/连接到其他明察|打开其他明察/, '连接到另一台明察'],
    [/时限到点/, '时限检查'],
    [/评议\/分到/, '已评/应评'],
    [/计时单位/, '工作日'],
  ] as const)('%s is %s', (before, now) => {
    expect(pages).not.toMatch(before)
    expect(pages).toContain(now)
  })
})
