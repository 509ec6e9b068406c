package signin

import "strings"

// words are what people make passwords of, in English and in pinyin: one alone,
// with a number or a sign, or several together.
var words = setOf(`1q2w 1qaz 2wsx 3e4r 3edc 4rfv 5t6y aaron abc abcd abdul abraham access account acdc actor actress adam adams address admin administrator adrian
	aerosmith africa again agent ahmed aini air airborne airforce alan alaska albert alejandra alejandro alex alexander alexandra alexis ali alibaba alice
	alien all allen alligator alpha alphabet also always amanda amber america american amsterdam amy anaconda and anderson andrea andrew andy angel angela
	angels anhui anna anne annie anthony antonio any anything apollo apple april aquarius are argentina aries arizona army arnold arsenal arthur asd asdf
	ashley ask ass assassin asshole astros athena athens atlas audi august austin australia autumn baba babe baby back backup bad badass badboy badgers
	baidu bailey baker ball banana band bangkok bank banshi baobao baobei bar barbara barcelona barnes barry baseball basketball bastard bat batman bay
	beach beagle bear bears beast beatles beautiful beaver bed bee been beijing being believe bell bella ben bengals bengbu benjamin bennett benz berlin
	berry best beta better betty beyonce big bigboy bigdog bike bill billy bin bird bitch black blackberry blade blast blaze blizzard blood blue blueberry
	bmw board boat bob bobby body bomb bond bone boobs book boom boot born boss boston box boxing boy boys brad bradley brain brandon braves bravo brazil
	bread break brenda brent brian bridge bright britney brittany broken bronco broncos brooklyn brooks brother brown browns bruce buckeyes bud budapest
	budweiser buffalo bug build bull bulldog bulldogs bulls bunny burger burn bus business busy but butter butterfinger butterfly buy bye byron cairo cake
	california caligula call calvin camaro camel cameron camille campbell can canada cancer candy caonima cap capricorn captain car card cardinals care
	carlos carol carolina caroline carpenter carrot casanova cash castle cat cats cavalier cde3 celtic celtics cerberus chain chair champagne champion
	chance change changeme chargers charles charlie charlotte cheese cheetah chelsea chen chengdu cherry chess chester chevrolet chevy chicago chicken
	chief china chinese chip chloe chocolate chongqing chop chris christ christian christina christine christopher chuangkou cindy cinnamon city claire
	clark classic clean clear click clifford clinton clock close cloud club coast cobra cocacola cock code coffee coin cold coleman colin college collins
	colombia colorado colts come comet company compaq computer cook cookie cool cooper cop copenhagen copy corn corona corvette cosmos cougar counter
	counterstrike country courtney cow cowboy cowboys cowgirl coyote craig crazy cream creative cricket cross crow crown crystal cuba cubs cum cup curtis
	cut cute cycling cynthia dad daddy daisy dallas damn dan dance dancer dancing daniel danny dark darkness darren database dating dave david day dead
	deal dear death deborah december deep deer default delhi dell delta demon denmark dennis dentist denver derek desk desktop desmond detective detroit
	devil dexter diablo diamond diane dick did didi die diego digital dinosaur director dirty dmitri doberman dock doctor dodge dodgers does dog dogg dogs
	doll dollar dolphin dolphins dominic dominique donald done donna donovan doom door dot dota double douglas down download dragon dragonfly dragons draw
	dream dreams drink drive drop drowssap drum drums dry dublin ducati duck duncan dust dustin dusty dylan e3r4 eagle eagles ear earth east easy eat echo
	edc eddie edge eduardo edward edwards egg egypt eight ekaterina elephant elijah elite elizabeth elliott elvis email emerald emily eminem emma emperor
	empire end energy engine engineer england enter epsilon eric ernest eternity eugene evans everton everything evil excalibur exit expert explorer
	express extreme eye eyes face facebook faith falcon falcons fall family fan fang fanta fantasy farm fast fat father fatima fear february feel feet
	felix feng fernando ferrari field fight fighter file film final finland fire firefly fireman firewall first fish fishing five flag flash flat flight
	flip florida flower floyd fly foot football for ford forest forever forgotten format fortress fortune four fox foxtrot france francisco frank franklin
	freddy free freedom fresh friday friend friends frodo frog from front fuck fucker fucking full fun fury future fuwu gabriel gabriella galaxy game
	gamer games gamma gandalf ganesh gang gao garcia garden gardener garlic garrett gary gate gator gators gavin gay gear gege gem gemini general genius
	geoffrey george georgia gerald germany get ghost giant giants gift gilbert ginger girl girls give gladiator glass glenn global gloria glory god
	godzilla goku gold golden golf gongwuyuan good goodbye goodluck google goose gordon gorilla grace grandma grape gray great greece green greenday greg
	gregory grey guangzhou guardian guest guinness guitar gun guo guy hack hacker had hai hair halo ham hammer hamster hand hangzhou hannah hannibal happy
	harbor hard hardware harley harold harry harvey has hassan hat hate have hawaii hawk hawkeyes head hear heart heat heather heaven hedgehog hefei
	heineken helen hell hello helsinki henderson henry her herbert hercules here hernandez hero hey high hill him hiphop his history hobbit hockey hole
	holiday hollywood home homepage honda honey hong hongkong hood hook hoosiers hope horn horny horse hot hotdog house houston how howard hua huang
	huawei hub hughes hugo hulk human hundred hungry hunter hunter2 hunting hurricanes husband huskers husky hustler ian ibrahim ice icecream iceman idea
	igor illusion iloveyou imagine immortal india indonesia infinity inside inspector inspire intel internet into iowa ireland iron ironman isaac isabel
	isabella island israel istanbul italy ivan ivory jack jackson jacob jacqueline jaguar jaguars jamaica james jane janice january japan jared jasmine
	jason jazz jedi jeep jeff jeffrey jenkins jennifer jenny jeremiah jeremy jerry jess jesse jessica jesus jet jets jewel jiandu jie jiejie jimmy jing
	jizhi joan job joe joel john johnny johnson joker jonathan jones jordan jose joseph josh joshua joy joyce juan judith juice julia julian julie
	juliette july jump jun june jungle junior jupiter just justdoit justice justin juventus juzhang kansas karen karl kate katherine kathleen katie
	kawasaki keith kelly ken kenneth kevin key keyboard kick kid kids kill killer kilo kim kimberly king kingdom kiss kitchen kitten kitty knicks knight
	know korea krishna kyle labrador lady lake lakers lakshmi lance lancelot land laogong laopo laptop larry laser last laura lauren law lawrence lawyer
	lead leaf lee leeds left leg legal legend lei lemon leo leon leonard leopard let letmein lewis liberty libra librarian life light lightning like lily
	lima lime lin linda line link linkin linux lion lions lisa lisbon list listen little liu live liverpool living liz lizard lkj lloyd load lobster lock
	logic login lola london lone long longhorns look lopez lord lose lost loud louis love lovebird loveme lover loving low luck lucky lucy lunch luo
	macaroni macau machine mad madonna madrid maggie magic maiden mail mailman main major make malcolm mama man manager manchester mandy mango many map
	maple march marcus margaret maria marianne marie marina marine mariners mario mark market marlboro marley mars martha martin martinez mary mask master
	match mate matrix matt matthew maurice maverick max may mayor mazda meat mega megadeth megan meimei melissa melody melon melvin men mercedes merlin
	metal metallica mets mexico miami michael michelle michigan mickey microsoft midnight miguel mike milan miller million mima mind mine minecraft ming
	mingcha minister minnie miranda mishu miss mistress mitchell mix mnb mobile model modem mohammed molly mom mommy monday money monica monitor monkey
	monster montana montreal moon moore moose more morgan morning morpheus morris moscow most mother motor motorola mountain mouse mouth movie much mud
	muffin muhammad mumbai music mustang mystery nail naked name nancy nanjing naomi naruto natalie natasha nathan nathaniel nature navy ncc nebraska neck
	need neil nelson neo nerd nest net network nevada never new newcastle newyork nice nicholas nick nicole nigeria night nihao nima nine niners ninja
	nintendo nirvana nissan nitro nokia noodle norman north norway nose not note nothing november nude nurse nut oblivion ocean october octopus odin
	office officer oil okay old oliver olivia omar omega omicron one onion online only open optimus orange oregon osaka oscar our outlaw outside over owl
	pablo pack packers padres page paint painter pakistan pamela pan panasonic pancake panda pantera panther panthers pants papa paper paradise paris park
	parrot part party pass passwd passwor password past path patrice patricia patrick patriots patterson paul paula peace peach peacock pearl pedro pen
	penelope penguin pentium pepper pepsi perry pet pete peter peterson philip phillies phillip phillips phoenix phone photo physics piano pick picture
	pie pig pigeon pikachu pilot pin pineapple ping pink pinkfloyd pipe pirate pirates pisces pistons pizza place plan plane planet plant plastic platinum
	play playboy player playstation please plumber pocket poi point pokemon poker poland police pony poodle pool pop popcorn porn porno porsche port
	portugal poseidon post pot potato potter pound powell power prague precious president preston pretty pretzel prime prince princess print printer
	private priya prize pro processor producer professor program programmer project prophet protocol proud public pump punk puppy pure purple pussy put
	q1w2 qaz qiang qinaide quake quality quebec queen quentin quest quick quiet qwe qwer qwert qwerty rabbit race racer rachel racing radio radiohead
	ragnarok rahul raider raiders rain rainbow ralph ram rambo ramirez rammstein rams randy ranger rangers rap raphael raspberry rat rave raven ravens raw
	ray raymond read ready real rebecca rebel record red reds redsox reed regina remember renegade rest retriever rfv ricardo rich richard richardson rick
	ride right ring rise river road robert roberto roberts robin robinson robot rock rocket rockets rockstar rocky rod rodney rodriguez roger rogers
	roland roll rome romeo ronald roof room rooster root rope rose rosie ross rottweiler round router royal ruby rugby run running rush russell russia
	ruth ryan sabrina safe sagittarius sail saints sally salt sam samantha samson samsung samuel samurai sanchez sand sandra sandy sanjay sapphire sara
	sarah satan saturday saturn save say scale scanner scar scarlet school science scientist scorpio scorpion scotland scott scout screen screw sea
	seagull seahawks seal sean search seat seattle sebastian secret security see seed sell seminoles senator seoul september sergeant sergei server
	session set seven sex sexy shadow shakira shanghai shannon shark sharon sharp shawn she sheila shelby sheldon shell shenpi shenzhen sherry shine ship
	shit shoe shop short shot shotgun show shut side sidney sierra sigma sign silent silk silver simon simple simpson simpsons sing singapore singer
	single sister site six size skate ski skin skull sky skywalker slam slap slave slayer sleep slick slim slip slipknot slow slut small smart smile smoke
	smooth snake sneaker sniper snoop snoopy snow snowboard soccer sock soft softball software soldier solid solo some something song sonic sony sooners
	sophia sophie sorry soso soul sound soup south space spaceman spaghetti spain spam spark sparrow spartans speak spears special spectrum speed spencer
	spider spiderman spike spin spirit splash spot spring sprite spurs squirrel stacy staff stage stallion star starcraft stars start startrek starwars
	state station stay steel steelers stella step stephanie stephen steve steven stewart stick sting stockholm stone stop storm strange strawberry stream
	street strike strong student studio stuff subaru success suck sucks sugar summer sun sunday sunset sunshine super superman superstar surf surfer susan
	suzhou suzuki svetlana swan sweden sweet sweetie swimming sword sydney sylvia syndrome system table tail taiwan taiyang take talk tamara tango tank
	tanya tao taobao tape target tarheel tatiana taurus taxi taylor tea teacher team tech teddy tell ten tencent tennis tent tequila teresa terminal
	terminator terry test tester texans texas text tgb thailand thank thanks that the theodore there theresa these they think this thomas thompson thor
	those thousand three throne thug thunder thursday tian tianjin tiankong tiberius tide tiffany tiger tigers tight tim time timothy tiny tip titan
	titanic titans tits toast today toe tokyo tom tomato tommy tomorrow tony too tool top topgun toronto tottenham touch tower town toy toyota trace track
	tracy trade trail train translator trap travel travis treasure tree trek trevor tribe trick trinity trip trouble truck true trumpet trust tube tuesday
	tupac turbo turkey turn turtle twilight twin twitter two tyler type ujm ukraine ultra umbrella under unicorn uniform united universe university unix
	update upload usa user username utah vader valentina valhalla vampire van vancouver vanessa vegas venus veronica version very vfr4 vicky victor
	victoria video vienna vietnam view viking vikings villa village vincent violet viper virginia virgo virtual virus vision visual vivian vladimir
	vladislav vodka voice volvo waffle wagon wake wales walk walker wall wallet walter wang want war warcraft ward warm warren warrior warriors warsaw was
	washington watch water watermelon watson wave wax way wayne web webmaster website wednesday weed week wei weird weixin welcome well wendy were wesley
	west wet whale what whatever wheel when where whiskers whiskey whisky white who whore why wicked wife wild wildcat wildcats will william williams
	wilson win wind window windows wine wing wingman winner winter wire wireless wish witch with wizard woaini woaiwo woaizhongguo wode wodemima wolf
	wolverine wolverines woman women wood woods woody word work worker world worm wright write wsx wuhan xbox xiao xiaohong xiaomi xiaoming xiaoneng
	xingxing xray xsw xsw2 yacht yahoo yamaha yan yang yankee yankees yard year yellow yes yhn ying yoda yolanda you young your yueliang yvonne zaq zebra
	zelda zeppelin zero zeus zhang zhao zhengfu zhengwu zhongguo zhou zhu zhuren zip zombie zone zoo zoom zulu zxc zxcv zxcvbn`)

// beginnings are what becomes of long words where only eight characters counted.
var beginnings = func() map[string]bool {
	of := map[string]bool{}
	for w := range words {
		for n := 5; n < len(w); n++ {
			of[w[:n]] = true
		}
	}
	return of
}()

func setOf(list string) map[string]bool {
	of := map[string]bool{}
	for _, w := range strings.Fields(list) {
		of[w] = true
	}
	return of
}
