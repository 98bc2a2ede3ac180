/**
 * The same given name in several languages or ways of romanising, where letters alone do not show it. Each entry is
 * one name. Written from common knowledge, folded to ASCII.
 */
export const variants = `
  abdallah abdullah abdulla abdellah | ahmad ahmed ahmet achmad |
  aleksandr alexander alexandre alejandro alessandro oleksandr aleksander alexandros iskander |
  aleksei alexey alexei aleksey oleksii alexis | alfonso alphonse |
  andreas andrew andre andrea andrei andrey andres andrij andriy andrzej anders ondrej |
  anton antonio anthony antoine antonius antoni | arthur artur arturo | benjamin binyamin |
  bernard bernhard bernardo | carl karl carlo carlos charles karel karol |
  catherine katherine kathryn katharina catalina caterina ekaterina yekaterina kateryna katarzyna katerina |
  christian cristian kristian | christopher christophe cristobal kristof krzysztof christoph kristoffer |
  claude claudio claudius | daniel danilo danylo | david dawid davide davyd daoud dawud |
  dimitri dmitri dmitry dmytro dimitrios dimitris | edward eduard eduardo edouard edoardo edvard |
  elena helena helen olena yelena jelena | elizabeth elisabeth elzbieta isabel elisabetta yelizaveta |
  emanuel emmanuel manuel | eric erik erich | eugene evgeny yevgeny evgeni yevgeni yevhen evgenij eugenio |
  ferdinand fernando | francis francisco francesco francois franz frans frantisek franciszek |
  frederick frederic federico fryderyk | gabriel gavriil |
  george georg georges jorge giorgio georgi georgiy georgy yuri yury jerzy jorg heorhii | gerard gerhard gerardo |
  gregory grigory grigori gregor gregorio hryhoriy grzegorz gregoire | hasan hassan |
  henry heinrich henri enrico enrique henrik hendrik henryk | hussein hussain husain hossein huseyin husayn |
  ibrahim abraham ebrahim ibrahima | ignatius ignacio ignaz ignazio | igor ihor | irene irina iryna |
  isaac izaak ishaq yitzhak | jacob jakob jakub jacobo giacomo yakov | james jaime santiago jacques |
  joachim joaquin |
  john jon jean juan johann johannes giovanni ivan joao jan johan hans ian sean ioannis yahya jovan |
  joseph josef jose giuseppe jozef josip yusuf youssef yousef iosif yosef | julia yulia iuliia yuliya giulia julie |
  julius julio giulio jules | konstantin constantine konstantinos costantino |
  lawrence laurence lorenzo laurent lorenz lars | leo lev leon | louis luis luigi ludwig lewis luiz |
  luke lucas luca lukas lukasz | margaret margarita margarete marguerite margherita malgorzata |
  maria mary marie mariya mariia | mark marc marco marcus marcos marek | martin martino marcin maarten |
  matthew mateo matteo matthias mateusz matthieu matheus matej mathias | maurice mauricio maurizio moritz |
  michael michel miguel michele mikhail mykhailo michal mikael mihail mihai |
  muhammad mohammed mohamed mohammad mohamad muhammed mehmet mohamud muhamad | mustafa mostafa moustapha |
  natalia natalie nataliya natalya |
  nicholas nicolas nikolai nikolay mykola nikolaus niccolo nicola mikolaj nikolaos | omar umar omer |
  osama usama oussama | othman osman usman uthman | paul pablo paolo pavel pavlo pawel paulo pal |
  peter pedro pierre pietro piotr petr petro pieter petros | philip felipe philippe filippo filip |
  quentin quintin | ralph ralf | raphael rafael raffaele | raymond ramon raimund raimondo |
  richard ricardo riccardo ryszard | robert roberto | rudolf rudolph rodolfo | saeed said saeid |
  sergei sergey serge sergio serhiy serhii sergej siarhei | sofia sophia sophie sofiya zofia |
  stanislav stanislaw stanislas | stephen stefan stefano esteban etienne stepan steven stephan |
  suleiman sulayman solomon sulaiman suleyman | sergius sergiy | susan susanna susanne suzanne susana |
  svetlana svitlana | theodore theodor teodoro fyodor fedor | theresa teresa therese |
  thomas tomas tommaso tomasz tom | timothy timofey timoteo | valentin valentino |
  vasily vasil vasyl basil vasili vassily | victor viktor vittorio | vincent vicente vincenzo |
  vladimir volodymyr wladimir uladzimir wlodzimierz | vyacheslav viacheslav | walter gualtiero |
  william wilhelm guillaume guillermo guglielmo willem | xavier javier | yaroslav jaroslav jaroslaw |
  youri yuriy yurii iurii`;
