// What browsers call themselves, in the words that people know them by.
const BROWSERS: [RegExp, string][] = [
  [/Mingcha\//, 'Mingcha'],
  [/MicroMessenger\//, '微信 WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HuaweiBrowser\//, '华为 Huawei'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A browser and its system; what is not known is told as it tells itself, cut. */
export function device(agent: string): string {
  const of = (known: [RegExp, string][]): string | undefined => known.find(([form]) => form.test(agent))?.[1]
  return [of(BROWSERS), of(SYSTEMS)].filter(Boolean).join(' · ') || agent.slice(0, 40)
}
