package city

// profile is a department as the city knows it.
type profile struct {
	code, name, english string
	share               float64 // its part of the city's cases, relative
	utility             bool    // a company: limits only, clock from receipt
	gated               bool    // has an item authorized for half of each year only
	// items: "object:variants", each variant one item, see variants.
	items []string
}

// The 35 units with a chief representative in the hall. What they issue is
// named after real approval items; the numbers per unit are the city's own.
var profiles = []profile{
	{"GH", "规划局", "Urban Planning Bureau", 18, false, true, []string{
		"建设用地规划许可证:核变延补", "建设工程规划许可证:核变延补", "建设项目选址意见书:核", "建设工程竣工规划:验", "修建性详细规划:联", "临时建设:批"}},
	{"GT", "国土资源局", "Land and Resources Bureau", 40, false, false, []string{
		"国有建设用地使用权:登变注补", "建设项目用地:审报", "采矿许可证:核变延", "临时用地:批", "土地抵押权:登注"}},
	{"JS", "住建委", "Housing and Construction Commission", 35, false, true, []string{
		"建筑工程施工许可证:核变延补", "建筑业企业资质:核变延", "工程竣工:备联", "二级建造师注册:登变", "施工图设计文件:审"}},
	{"HB", "环保局", "Environmental Protection Bureau", 15, false, false, []string{
		"排污许可证:核变延补注", "建设项目环境影响评价文件:批备", "危险废物经营许可证:核变", "辐射安全许可证:核"}},
	{"GA", "公安局", "Public Security Bureau", 120, false, true, []string{
		"居民户口:登变注证", "普通护照:核补", "机动车号牌:登变补注", "特种行业许可证:核变", "大型群众性活动:批", "无犯罪记录:证"}},
	{"FG", "房管局", "Housing Administration Bureau", 85, false, false, []string{
		"商品房预售许可证:核变", "房屋所有权:登变注补证", "商品房买卖合同:备注", "物业服务企业资质:核", "公有住房租赁:批"}},
	{"CZ", "财政局", "Finance Bureau", 12, false, false, []string{
		"会计代理记账许可证:核变注", "政府采购方式变更:批", "会计从业人员信息:登变", "财政票据领用证:核补", "非税收入项目:备审"}},
	{"YJ", "药监局", "Drug Administration", 25, false, true, []string{
		"药品经营许可证:核变延补注", "医疗器械经营许可证:核变延", "第二类医疗器械经营:备", "药品零售企业筹建:审"}},
	{"SL", "水利局", "Water Resources Bureau", 6, false, false, []string{
		"取水许可证:核变延注", "生产建设项目水土保持方案:批备", "河道采砂许可证:核", "防洪影响评价:审", "水利工程竣工:验"}},
	{"GS", "工商局", "Industry and Commerce Administration", 110, false, true, []string{
		"企业法人营业执照:登变注补", "个体工商户营业执照:登变注补", "企业名称预先核准:登", "广告经营许可证:核变延", "股权出质:登"}},
	{"SW", "商务局", "Commerce Bureau", 14, false, false, []string{
		"外商投资企业设立:批备", "对外贸易经营者:备变", "成品油零售经营许可证:核变延", "拍卖企业设立:审", "直销网点:备", "外商投资企业联合年检:联"}},
	{"SS", "税务局", "Taxation Bureau", 90, false, true, []string{
		"税务登记证:登变注补", "增值税一般纳税人资格:登", "增值税专用发票最高开票限额:批", "税收减免:备审", "完税:证", "延期缴纳税款:报"}},
	{"ZJ", "质监局", "Quality Supervision Bureau", 25, false, false, []string{
		"组织机构代码证:登变补注", "特种设备使用:登注", "计量标准考核证书:核延", "工业产品生产许可证:核变报"}},
	{"NJ", "农机局", "Agricultural Machinery Bureau", 20, false, false, []string{
		"拖拉机驾驶证:核补注", "联合收割机号牌:登变注", "农机维修技术合格证:核延", "农机购置补贴:备审"}},
	{"WS", "卫生局", "Health Bureau", 40, false, true, []string{
		"公共场所卫生许可证:核变延注", "医疗机构执业许可证:核变延", "医师执业:登变", "放射诊疗许可证:核"}},
	{"JY", "教育局", "Education Bureau", 22, false, false, []string{
		"民办学校办学许可证:核变延注", "教师资格证书:核补", "校车使用:批", "学籍:证变", "民办学校章程:备"}},
	{"JT", "交通局", "Transport Bureau", 45, false, true, []string{
		"道路运输经营许可证:核变延注", "道路运输证:补登", "超限运输车辆通行证:核", "占用挖掘公路:批联", "从业资格证:补"}},
	{"WH", "文化局", "Culture Bureau", 12, false, false, []string{
		"网络文化经营许可证:核变", "营业性演出:批备", "出版物经营许可证:核变延注", "娱乐场所经营许可证:核变"}},
	{"MZ", "民政局", "Civil Affairs Bureau", 50, false, false, []string{
		"社会团体:登变注", "民办非企业单位:登变注", "婚姻登记档案:证补", "养老机构设立:备批", "公益性公墓建设:批"}},
	{"RS", "人社局", "Human Resources and Social Security Bureau", 100, false, true, []string{
		"社会保险:登变注", "社会保障卡:登补", "就业失业登记证:核", "民办职业培训学校:批", "劳务派遣经营许可证:核变延", "特殊工时制度:批"}},
	{"LY", "林业局", "Forestry Bureau", 8, false, false, []string{
		"林木采伐许可证:核延", "使用林地:审报", "木材运输证:核补", "野生动物驯养繁殖许可证:核变", "林权:登变"}},
	{"QX", "气象局", "Meteorological Bureau", 3, false, false, []string{
		"防雷装置设计:审", "防雷装置竣工:验", "升放气球:批备", "气象资料:证", "防雷检测机构:备登变"}},
	{"XF", "消防支队", "Fire Brigade", 14, false, false, []string{
		"建设工程消防设计:审备", "建设工程消防:验联", "公众聚集场所投入使用:批", "消防安全重点单位:登变注", "消防产品:备"}},
	{"RF", "人防办", "Civil Air Defence Office", 7, false, false, []string{
		"人防工程建设:批", "人防工程竣工:验备", "防空地下室易地建设:审", "人防工程使用证:登变补", "人防工程拆除:批"}},
	{"YC", "烟草局", "Tobacco Monopoly Bureau", 20, false, true, []string{
		"烟草专卖零售许可证:核变延补注", "烟草制品准运证:核", "零售许可证停业:登", "零售许可证歇业:登", "烟草专卖批发许可证:报"}},
	{"AJ", "安监局", "Work Safety Bureau", 10, false, false, []string{
		"危险化学品经营许可证:核变延注", "烟花爆竹零售许可证:核变", "安全设施设计:审", "生产安全事故应急预案:备", "非药品类易制毒化学品:备"}},
	{"TY", "体育局", "Sports Bureau", 4, false, false, []string{
		"经营高危险性体育项目许可证:核变延", "体育类社会团体:审", "健身气功活动站点:登注", "举办健身气功活动:批", "等级运动员称号:登证补"}},
	{"MW", "民宗局", "Ethnic and Religious Affairs Bureau", 4, false, false, []string{
		"宗教活动场所:登变注", "民族成分:变", "清真食品标识牌:核补", "宗教活动场所扩建:批", "宗教教职人员:备", "大型宗教活动:审"}},
	{"LX", "旅游局", "Tourism Bureau", 5, false, false, []string{
		"旅行社业务经营许可证:核变注补", "导游证:核变补", "旅行社分社:备", "旅行社服务网点:登", "旅游项目规划:联"}},
	{"CG", "城管局", "City Management Bureau", 25, false, true, []string{
		"户外广告设置:批变延", "占用城市道路:批延", "城市建筑垃圾处置:核", "临时占道促销活动:备", "移植砍伐城市树木:批", "车辆清洗站:登注"}},
	{"LS", "粮食局", "Grain Bureau", 5, false, false, []string{
		"粮食收购许可证:核变延注补", "中央储备粮代储资格:报", "军粮供应站资格:审", "粮食仓储单位:备变", "粮油经营统计:登"}},
	{"GD", "供电公司", "Power Supply Company", 18, true, false, []string{
		"居民用电:新过", "低压非居民用电:新容过", "高压用电:新容", "用电信息:变", "临时用电:新", "分布式电源并网:新"}},
	{"SU", "水务集团", "Water Group", 14, true, false, []string{
		"居民用水:新过", "非居民用水:新过容", "临时用水:新", "用水性质:变", "排水接入:新", "供水管网迁改:新", "水表:检"}},
	{"RQ", "燃气集团", "Gas Group", 12, true, false, []string{
		"居民用气:新过", "工商业用气:新容过", "燃气设施迁改:新", "用气信息:变", "燃气表:检", "停用燃气:登", "户内燃气改装:新"}},
	{"ZB", "招标局", "Tendering Bureau", 8, false, false, []string{
		"招标文件:备", "招标方式:批", "自行招标:备", "招标代理机构:登变延", "评标专家:登变", "中标结果:备", "政府投资项目招标:联", "招标投标情况:备"}},
}

// variant is one way in which an object becomes an item.
type variant struct {
	suffix string
	kind   itemKind
}

var variants = map[rune]variant{
	'核': {"核发", kindCommitted}, '批': {"审批", kindCommitted}, '审': {"审查", kindCommitted},
	'验': {"验收", kindCommitted}, '延': {"延续", kindCommitted}, '新': {"报装", kindCommitted},
	'容': {"增容", kindCommitted},
	'变': {"变更", kindSpot}, '注': {"注销", kindSpot}, '补': {"补发", kindSpot},
	'备': {"备案", kindSpot}, '登': {"登记", kindSpot}, '证': {"证明出具", kindSpot},
	'过': {"过户", kindSpot}, '检': {"校验", kindSpot},
	'联': {"联合审查", kindJoint}, '报': {"初审转报", kindReferred},
}
