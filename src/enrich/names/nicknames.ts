/**
 * Given names that one person goes by: each entry a name, then what it is shortened to or otherwise called. A short form
 * may stand in several entries. Written from common knowledge, folded to ASCII.
 */
export const nicknames = `
  abigail abby abbie gail | abraham abe bram | adelaide addie ada | adrian ade | agnes aggie nessa | aidan aiden |
  alan allan allen al | albert al bert bertie | alberto beto berto | alejandra ale | alejandro ale |
  alexander alex al xander sandy sasha lex alec alek sascha | alexandra alex sandra sasha lexi sandy alexa |
  alexis alex lexi | alfred al fred alf alfie freddie | alfredo fredo | alice ali allie | alison ali allie |
  amanda mandy manda | amelia millie amy mia | anastasia ana stacy nastya stasia | anatoly tolya | andrea andi dre |
  andreas andi | andrew andy drew | angela angie | angelina angie lina | ann annie anna nan | anna annie ania anya |
  anneliese anne liese | antoinette toni nettie | anthony tony ant | antonio tony toni tonio nino |
  archibald archie | arnold arnie | arthur art artie | augustus gus | barbara barb barbie babs basia |
  bartholomew bart | beatrice bea bee trixie | benedict ben | benjamin ben benny benji | bernard bernie |
  bernhard bernd | bogdan bohdan | bradley brad | brandon brand | brendan bren | brigitte gitte biggi | calvin cal |
  cameron cam | caroline carrie carol caro lina | carlos charly carlitos | catherine cathy kate cat katie cate |
  cecilia ceci celia cece | charles charlie chuck chas chip | charlotte charlie lottie lotte | chester chet |
  christian chris kit | christina chris tina christy chrissy | christine chris tina christy chrissy |
  christopher chris kit topher | clarence clare | clifford cliff | clinton clint | concepcion concha conchita |
  constance connie | cornelius neil con kees | curtis curt | cynthia cindy | daniel dan danny | daniela dani |
  danielle dani | darren daz | david dave davy | deborah deb debbie debra | dennis denny | diana di |
  dimitri dima mitya | dmitri dima mitya | dmitry dima mitya | dolores lola | dominic dom nick | donald don donnie |
  dorothea thea doro | dorothy dot dottie dolly | douglas doug | dwight ike | edmund ed eddie ned | edmond ed eddie ned | kendall ken kenny | earnest ernie | laverne verna vern | lamont monty |
  eduardo edu lalo | edward ed eddie ted ned teddy | edwin ed eddie | eileen ellie | ekaterina katya |
  eleanor ellie nell nora | elena lena | eliana ellie | elijah eli |
  elisabeth lisa elise betty sissi lisbeth bettina |
  elizabeth liz beth betty lizzie eliza libby bess betsy lisa liza | ellen ellie nell | emanuel manny |
  emily em emmie millie | emma em | enrique quique | eric rick | ernest ernie | esteban steve | eugene gene |
  eva evie | evelyn evie | evgeny zhenya | ezekiel zeke | faith fay | felicia fifi | ferdinand ferdi fred |
  fernando nando | florence flo flossie | frances fran frannie | francesco franco checco cesco |
  francis frank fran | francisco paco pancho frank cisco | franklin frank | frederick fred freddy rick fritz |
  frederik fred | friedrich fritz fred friedel | gabriel gabe | gabriela gabi gaby | gabriele gabi gaby |
  gareth gary | genevieve gen viv | geoffrey geoff | georg schorsch jorg | george georgie | gerald gerry jerry |
  gerard gerry jerry | gerhard gerd | gertrude trudy gert | gilbert gil | giovanni gianni nino gio |
  giuseppe beppe peppe pino | gordon gord | grace gracie | graham gray | gregory greg | guadalupe lupe |
  guillaume gui | guillermo memo | gustavo gus tavo | gwendolyn gwen | hannelore hanne lore | harold hal harry |
  harrison harry | harvey harv | heather heath | heinrich heiner heinz hein | helen nell lena | helena lena nela |
  henrietta hettie etta | henry hank harry hal | herbert herb bert bertie | herman herm | hezekiah zeke |
  hieronymus jerome | howard howie | hubert hugh bert | ian iain | ignacio nacho | irina ira | isaac ike zac |
  isabel izzy bella isa | isabella izzy bella belle isa | isidore izzy | ivan vanya | jacob jake | jacqueline jackie |
  james jim jimmy jamie | jane janie jenny | janet jan | janice jan | jason jay | javier javi | jean-pierre jp |
  jeffrey jeff | jennifer jen jenny | jeremiah jerry | jeremy jem jerry | jerome jerry | jessica jess jessie |
  jesus chucho | joachim achim jo | joan joanie | joanna jo | joanne jo | johann hans hannes jo |
  johannes hans hannes johan jan jo | john jack johnny jock | jonathan jon jonny | jorge coque | jose pepe |
  josef sepp jupp | joseph joe joey | josefa pepa | josephine jo josie fina | joshua josh | juan juanito |
  judith judy | julia jules | julian jules | juliana jules | julie jules | karl-heinz kalle | katarzyna kasia |
  katharina kathi kati kathe | katherine kathy kate kat katie kay kitty | kathleen kathy kate katie kay |
  kathryn kathy kate katie kay | katrina kat trina | kazimierz kazik | kenneth ken kenny | kevin kev |
  kimberly kim kimmy | klaus nick | konstantin kostya | kristina kris tina kristy | kristine kris tina kristy |
  kristopher kris | lawrence larry lars laurie | leonard len lenny leo | leonardo leo | leonid lenya |
  leopold leo poldi | leslie les | lester les | lewis lew lou | lillian lil lilly | linda lindy | louis lou louie |
  louise lou | lucas luke | lucille lucy | ludwig lutz | luis lucho | lydia lyddie | lyudmila luda mila |
  madeleine maddy | magdalena magda lena | malgorzata gosia | malcolm mal | manuel manolo manny manu | marcus marc |
  margaret maggie meg peggy marge margie greta rita daisy | margarete grete greta gretel | margarita rita marga |
  maria mary marie mia mitzi | maria-jose marijose | mariana mari | marianne mari | marilyn mary lyn | marion mary |
  marjorie marge margie | marshall marsh | martha marty | martin marty | martina tina | mary molly polly mae mamie |
  mathias matze | matilda tilly mattie | matthew matt | matthias matt matze hias | maureen mo | maurice mo morris |
  maximilian max | maxwell max | megan meg | melanie mel | melissa mel missy lissa | mercedes merche |
  michael mike mick mickey mikey micha michi | michaela micha michi | michelle shelly mich | mikhail misha |
  mildred millie | miguel migue | miranda randy mandy | mitchell mitch | mohammed mo | monica moni |
  montgomery monty | morris mo | moses mo | natalia natasha talia nat | natalie nat | natalya natasha |
  nathan nate nat | nathaniel nate nat nathan | nicholas nick nicky nico | nicolas nico nick |
  nicole nicky nikki nico | nikolai kolya | nikolaus klaus niko | norman norm | olga olya | oliver ollie |
  olivia liv livvy | oscar ossie | oswald ozzie | pamela pam | pascal pas | patricia pat patty trish tricia |
  patrick pat paddy rick | paula polly | pavel pasha | penelope penny | percival percy | peter pete | petra pe |
  phillip phil | philip phil pip | philippa pippa | piotr piotrek | pjotr petya | priscilla cilla prissy |
  prudence prue | rachel rae shelly | rafael rafa | raimund rai | ramon moncho | randall randy | randolph randy |
  raphael rafe | raymond ray | rebecca becky becca | regina gina | reginald reg reggie | renate nate |
  ricardo ricky rico | richard rich rick dick ricky richie | robert rob bob bobby robbie bert | roberto beto berto |
  rodney rod | roderick rod rick | roland rollo | ronald ron ronnie | rosalind roz rosie | rosario charo |
  rosemary rosie rose | rose rosie | roxanne roxy | rudolf rudi rolf | rudolph rudy | russell russ |
  salvatore sal toto turi | salvador chava | samantha sam sammy | samuel sam sammy | sandra sandy |
  sarah sally sadie | sebastian seb basti bastian | sergio checo | shannon shan | sharon shari | shirley shirl |
  sidney sid | sigrid siri | silvester sly | simon si | sofia sofi | solomon sol | sophia sophie |
  stanislav stas slava | stanley stan | stefan steff | stephanie steph stef | stephen steve stevie |
  steven steve stevie | stewart stu | stuart stu | susan sue susie suzy | susanna sue susi | susanne susi sanne |
  svetlana sveta | sylvester sly | sylvia syl | tamara tammy toma | tatiana tanya tania | terence terry |
  teresa terry tess tessa tere | thaddeus tad | theodor theo | theodore ted teddy theo |
  theresa terry tess tessa resi | thomas tom tommy | timothy tim timmy | tobias tobi toby | ulrich uli |
  ulrike ulli uli rike | ursula ulla uschi | valentin val | valerie val | vanessa nessa |
  veronica vera ronnie roni | veronika vroni | vicente chente | victor vic | victoria vicky tori vikki |
  viktor vitya | vincent vin vinny vince | vincenzo enzo | virginia ginny ginger | vivian viv |
  vladimir vova volodya vlad | volker volki | vyacheslav slava | walter walt wally | wenceslas wenzel | wesley wes |
  wilfred will fred wilf | wilhelm willi willy helmut | wilhelmina mina minnie |
  william will bill billy willie liam | winston win | winifred winnie | wojciech wojtek | wolfgang wolf wolfi |
  woodrow woody | yekaterina katya | yevgeny zhenya | yuri yura | yvonne evie | zachary zach zack | zacharias zach`;
