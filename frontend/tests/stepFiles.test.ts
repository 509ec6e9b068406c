import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { matters } from '@/api/matters'
import { Problem } from '@/api/problem'
import { i18n } from '@/i18n'
import StepFiles, { type SentFile } from '@/pages/matters/StepFiles.vue'

/** The form's part for files, as somebody uses it who chooses some. */
function part(most: number) {
  const wrapper = mount(StepFiles, {
    props: { most, files: [] as SentFile[], 'onUpdate:files': (files: SentFile[]) => void wrapper.setProps({ files }) },
    global: { plugins: [i18n] },
  })
  return {
    wrapper,
    async choose(...files: File[]) {
      const input = wrapper.find('input[type=file]')
      Object.defineProperty(input.element, 'files', { value: files, configurable: true })
      await input.trigger('change')
      await flushPromises()
      await vi.waitFor(() => expect(wrapper.findAll('button').at(-1)!.classes().join(' ')).not.toContain('loading'))
    },
  }
}

beforeEach(() => void (i18n.global.locale.value = 'zh-CN'))
afterEach(() => vi.restoreAllMocks())

describe('minor 15: files of a reply', () => {
  it('minor 15: are sent when they are chosen, once each, and no more than may be', async () => {
    const sent = vi.spyOn(matters, 'putFile').mockResolvedValue(undefined)
    const { wrapper, choose } = part(2)
    await choose(new File(['one'], '一.pdf'), new File(['one'], '又一.pdf'), new File(['two'], '二.pdf'))
    await vi.waitFor(() => expect(wrapper.findAll('li')).toHaveLength(2))
    // The hash of "one", as sha256sum has it.
    expect(sent.mock.calls[0]![0]).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed')
    expect(sent).toHaveBeenCalledTimes(2)
    await choose(new File(['three'], '三.pdf'))
    expect(wrapper.text()).toContain('最多带 2 个附件')
    expect(sent).toHaveBeenCalledTimes(2)
  })

  it('minor 15: that the console refuses are not kept, and it is said why', async () => {
    vi.spyOn(matters, 'putFile').mockRejectedValue(new Problem(422, 'attachment', '只接受 PDF', 'only PDF'))
    const { wrapper, choose } = part(5)
    await choose(new File(['<html>'], '网页.pdf'))
    await vi.waitFor(() => expect(wrapper.find('[role=alert]').text()).toContain('网页.pdf'))
    expect(wrapper.findAll('li')).toHaveLength(0)
  })
})
