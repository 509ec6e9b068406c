package city

import (
	"fmt"
	"strconv"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// staff are a department's people in the hall and behind it.
type staff struct {
	reps      [2]*v1.Person // chief representatives, in turn
	standIn   *v1.Person
	special   *v1.Person // holds the gated item's authorization
	head      *v1.Person // approves pauses and extensions; signs nothing at the window
	clerks    []*v1.Person
	examiners []*v1.Person
	windows   []string
}

// hire gives a department its people, the same for every seed. window is the
// number of its first window in the hall; the next free one is returned.
func (d *department) hire(window int) int {
	r := stream(0x57aff, uint64(d.index))
	number := 0
	person := func(post string) *v1.Person {
		number++
		return &v1.Person{Name: personName(&r), Id: fmt.Sprintf("%s%04d", d.code, number), Post: post}
	}
	s := &d.staff
	s.reps = [2]*v1.Person{person("首席代表"), person("首席代表")}
	s.standIn = person("首席代表 B 岗")
	s.special = person("专项首席代表")
	s.head = person("分管领导")
	windows := 1 + int(d.share)/15
	for range windows {
		s.windows = append(s.windows, strconv.Itoa(window)+"号窗口")
		s.clerks = append(s.clerks, person("窗口"))
		window++
	}
	for range windows + 2 {
		s.examiners = append(s.examiners, person("科员"))
	}
	return window
}

var (
	surnames = split("王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严")
	given    = split("伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉萍红玲梅兰建国志海燕春雪峰宇浩然子轩梓涵思远欣怡嘉佳俊文博晨曦瑞雨泽一诺雅婷晓东立新卫民永庆德胜宝珍淑贞云飞鹏翔家豪启航")
	brands   = []string{"宏达", "鑫源", "恒泰", "锦程", "金辉", "瑞丰", "盛世", "永昌", "华茂", "万兴", "东方", "天成", "博远", "嘉禾", "正阳", "顺通", "广源", "中泰", "新力", "佳美", "长淮", "涂山", "禹会", "龙湖", "百川", "聚贤", "云帆", "启明", "康宁", "同创"}
	trades   = []string{"建材", "商贸", "科技", "食品", "餐饮管理", "建筑工程", "物流", "机械制造", "房地产开发", "文化传媒", "医药", "化工", "农业发展", "汽车销售服务", "纺织", "电子", "装饰工程", "劳务", "环保工程", "酒店管理"}
	projects = []string{"年产五万吨复合板材项目", "冷链物流园一期工程", "智能装备产业园二期", "城南商业综合体项目", "标准化厂房建设项目", "废水深度处理改造项目", "新型墙体材料生产线", "滨河住宅小区工程", "农产品交易市场改扩建", "轨道配套件技术改造"}
)

func split(s string) []string {
	var out []string
	for _, r := range s {
		out = append(out, string(r))
	}
	return out
}

func personName(r *rng) string {
	name := pick(r, surnames) + pick(r, given)
	if r.chance(0.7) {
		name += pick(r, given)
	}
	return name
}

// application makes up an applicant. Numbers use an area code that nobody
// has, so that none of them can be a real person's or company's.
func (b *draft) application(channel string) *v1.Application {
	r := &b.rng
	a := &v1.Application{Channel: channel, ApplicantType: "person"}
	a.Phone = "10005" + digits(r, 6)
	company := b.item.kind != kindSpot && r.chance(0.75) || r.chance(0.25)
	if !company {
		a.ApplicantName = personName(r)
		a.ApplicantId = "999999" + strconv.Itoa(1950+r.intn(55)) + "0" + strconv.Itoa(1+r.intn(9)) + "1" + digits(r, 1) + digits(r, 4)
		return a
	}
	a.ApplicantType = "organisation"
	a.ApplicantName = "临淮市" + pick(r, brands) + pick(r, trades) + "有限公司"
	a.ApplicantId = "91999999" + digits(r, 10)
	if b.item.kind != kindSpot && r.chance(0.2) {
		a.ProjectName = pick(r, projects)
		a.InvestmentCode = "2699-999999-" + digits(r, 2) + "-01-" + digits(r, 6)
		a.GreenChannel = r.chance(0.3)
	}
	return a
}

func digits(r *rng, n int) string {
	var buf [16]byte
	for i := range buf[:n] {
		buf[i] = byte('0' + r.intn(10))
	}
	return string(buf[:n])
}
