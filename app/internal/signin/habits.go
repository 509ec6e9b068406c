package signin

import (
	"strings"

	"github.com/trustelem/zxcvbn/match"
)

// habits are what people at a Chinese office make passwords of, the commonest
// first: words in pinyin, numbers that sound like words, the console's own
// words, places.
var habits = strings.Fields(`woaini aini 5201314 1314520 1314 520 521 7758521 7758258 584520 147258 888 666 168 woaiwo woaizhongguo wode wodemima
	mima nihao zhongguo baobao baobei laogong laopo qinaide caonima nima gege jiejie meimei xingxing yueliang tiankong taiyang chuangkou
	mingcha xiaoneng xiaonengban ducha jiandu zhengwu zhengfu shenpi banshi fuwu zhuren juzhang mishu keyuan gongwuyuan jizhi admin office
	qq weixin baidu taobao alibaba zhifubao tencent huawei xiaomi
	anhui bengbu hefei beijing shanghai guangzhou shenzhen tianjin chongqing wuhan nanjing hangzhou suzhou chengdu xian`)

// sentences are the same in characters.
var sentences = strings.Fields(`我爱你 我爱中国 中国 中华人民共和国 为人民服务 全心全意 好好学习 天天向上 一二三四五六七八 一二三四 密码 我的密码 明察 督察 效能办 效能
	蚌埠 安徽`)

// surnames by how many bear them (Ministry of Public Security), and what given
// names are made of, each with its place.
var (
	surnames = places(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao peng
		zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren lu yao shen zhong cui tan fan jin shi liao jia xia fu fang
		zou xiong bai meng qin qiu hou yin xue yan duan lei long tao mao hao gu gong shao wan qian dai`)
	given = places(`wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiu xia ping gang hua hong ying jian mei ling xin ting yu
		bin bo ning hui lin xiao guo guang zhi wen yi ya rui hao ze chun yue qi peng kai ke lian fen zhen xiang lan hai long fei bing cheng dan dong
		feng han jia jin kun liang meng na nan qian qin qing quan rong shan shu shuai si song tian wan xi xian xue yao yuan yun zhong zi`)
)

func places(list string) map[string]int {
	of := map[string]int{}
	for _, word := range strings.Fields(list) {
		if of[word] == 0 {
			of[word] = len(of) + 1
		}
	}
	return of
}

// names finds people's names in pinyin: a surname, and a given name of one or
// two syllables.
func names(p string) (found []*match.Match) {
	lower := strings.ToLower(p)
	syllable := func(from int, of map[string]int, then func(to, place int)) {
		for to := from + 2; to <= min(from+6, len(lower)); to++ {
			if place := of[lower[from:to]]; place > 0 {
				then(to, place)
			}
		}
	}
	for from := range lower {
		name := func(to, rank int) {
			found = append(found, &match.Match{Pattern: "dictionary", DictionaryName: "names", I: from, J: to - 1, Token: p[from:to], MatchedWord: lower[from:to], Rank: rank})
		}
		syllable(from, surnames, func(to, family int) {
			name(to, family)
			syllable(to, given, func(to, first int) {
				name(to, family*first)
				syllable(to, given, func(to, second int) { name(to, family*first*second) })
			})
		})
	}
	return found
}
