"""Polish, with Państwo: it fits a woman, a man and a party, and needs no first name behind a greeting."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="pl",
    conjunction=" i ",
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    day="{n} {month}",
    capitals=frozenset({"Państwa", "Państwu", "Państwo"}),
    greetings=(),  # a bare first name does not go with Państwo, and its vocative cannot be told from a display name
    plain_greetings=("Dzień dobry,",),
    openings=(
        "Dziękujemy, że tak jasno opisali nam Państwo, jak było.",
        "Dziękujemy za czas poświęcony na napisanie tych słów.",
        "Cenię to, że nam Państwo o tym powiedzieli, zamiast po prostu odejść.",
        "Państwa słowa czytam z dużą uwagą.",
        "Dziękujemy za szczerość.",
        "Dobrze, że nam Państwo o tym powiedzieli, i bardzo za to dziękuję.",
        "To nie jest łatwa lektura, i tym bardziej dziękuję, że nam to Państwo opisali.",
        "Dzięki temu opisowi widzę to, co widzieli Państwo, i za to dziękuję.",
        "Za uczciwą relację, taką jak ta, należą się podziękowania.",
        "Państwa słowa dotarły dziś do mnie i chcę odpowiedzieć na nie osobiście.",
        "Dziękujemy, że nie zachowali Państwo tego dla siebie.",
        "To dla nas ważne, żeby o tym wiedzieć, i dziękujemy za te słowa.",
    ),
    openings_matter=(
        "Dziękujemy za wiadomość, która dotyczy {matter}.",
        "Uważnie czytam wszystko, co w Państwa słowach dotyczy {matter}.",
        "Dziękujemy za otwarte słowa w sprawie {matter}.",
        "Pomaga nam tak jasny opis {matter}.",
        "Dziękujemy za zwrócenie uwagi w sprawie {matter}.",
    ),
    mixed=(
        "Dziękujemy za to, co dobre, i za równie otwarte słowa w sprawie {matter}.",
        "Dziękujemy za sprawiedliwe słowa, które wymieniają dobre strony i nie pomijają {matter}.",
        "Dziękuję za miłe słowa, i tak samo za to, co dotyczy {matter}.",
    ),
    mixed_praised=(
        "Cieszą mnie słowa o tym, co się udało: {praised}, i dziękuję za szczerość w sprawie {matter}.",
        "Dziękujemy za docenienie tego, co dobre: {praised}, i za równie otwarte słowa w sprawie {matter}.",
        "Miło czytać o tym, co się podobało: {praised}, a pomaga nam to, co dotyczy {matter}.",
    ),
    matters={
        Topic.STAFF: "obsługi",
        Topic.WAITING: "długiego czekania",
        Topic.QUALITY: "jakości",
        Topic.PRICE: "ceny",
        Topic.HYGIENE: "czystości",
        Topic.ORDER: "zamówienia",
        Topic.COMPLAINT_HANDLING: "odpowiedzi na Państwa reklamację",
        Topic.COMFORT: "braku wygody",
        Topic.INFORMATION: "naszych informacji",
        Topic.OTHER: "tego, co się stało",
    },
    complaints={
        Topic.STAFF: (
            "Ton, w jakim z Państwem rozmawiano, jest nie do przyjęcia.",
            "Spotkała Państwa nieuprzejma obsługa tam, gdzie powinna być pomoc.",
            "Nie potraktowano Państwa tak, jak każdy może tego od nas oczekiwać.",
            "Tak nieuprzejmy ton nie ma miejsca w naszej obsłudze.",
        ),
        Topic.WAITING: (
            "Czekali Państwo znacznie dłużej, niż ktokolwiek powinien.",
            "Kazaliśmy Państwu czekać o wiele za długo.",
            "Zbyt długo trwało, zanim się Państwem zajęliśmy, a to czekanie kosztowało cenny czas.",
            "Takie czekanie odbiera radość ze wszystkiego innego.",
        ),
        Topic.QUALITY: (
            "To, co Państwo od nas dostali, nie miało należytej jakości.",
            "Oczekiwali Państwo dobrej jakości, a dostali coś znacznie gorszego.",
            "Jakość była daleko poniżej tego, za co Państwo zapłacili.",
            "Nic o takiej jakości nie powinno było trafić w Państwa ręce.",
        ),
        Topic.PRICE: (
            "Cena była niewspółmierna do tego, co Państwo dostali.",
            "Cena była wyższa, niż mogli się Państwo spodziewać.",
            "Zapłacili Państwo cenę, za którą należało się więcej.",
            "Nie było dla Państwa dość jasne, skąd bierze się ta cena.",
        ),
        Topic.HYGIENE: (
            "Czystość to minimum, którego można oczekiwać, a u nas jej zabrakło.",
            "Brudne było to, co powinno być czyste.",
            "To, co Państwo zobaczyli, nie było czyste, a powinno być.",
            "Nikt nie chce zastać brudu tam, gdzie spodziewa się dbałości.",
        ),
        Topic.ORDER: (
            "Z Państwa zamówieniem nie poszło tak, jak powinno.",
            "Zaufali nam Państwo z zamówieniem, a my zawiedliśmy.",
            "Coś poszło źle z zamówieniem, a kłopot spadł na Państwa.",
            "Zamówienie powinno dotrzeć całe, właściwe i na czas, a tak się nie stało.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Zgłosili Państwo problem, a reklamacja nie doczekała się porządnej odpowiedzi.",
            "Zgłosili Państwo problem, a nikt Państwa nie wysłuchał.",
            "Powiedzieli nam Państwo, że coś jest nie tak, a nasza odpowiedź tylko to pogorszyła.",
            "Państwa reklamacja zasługiwała na wysłuchanie, a tak się nie stało.",
        ),
        Topic.COMFORT: (
            "Wygoda to minimum, które jesteśmy winni, a u nas jej zabrakło.",
            "Warunki, które Państwu daliśmy, nie były dość wygodne.",
            "To, co miało być wygodne, takie nie było.",
            "Zabrakło wygody, na którą Państwo liczyli.",
        ),
        Topic.INFORMATION: (
            "Nasze informacje i to, co Państwo zastali, rozmijały się ze sobą.",
            "Zaufali Państwo naszym informacjom, a rzeczywistość była inna.",
            "Nasze informacje kazały spodziewać się czegoś innego.",
            "Informacje, które Państwo u nas przeczytali, wprowadzały w błąd.",
        ),
        Topic.OTHER: (
            "To, co Państwo opisują, nie powinno było się zdarzyć.",
            "Oczekiwali Państwo od nas czegoś lepszego, i słusznie.",
            "Nie tak powinno to u nas wyglądać.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Jedzenie, które trafia na stół zimne, rozczarowuje od pierwszego kęsa.",
            "Dostali Państwo zimne jedzenie, a powinno być gorące.",
        ),
        Detail.BROKEN: (
            "Dostali Państwo coś, co nie działało, a nie za to Państwo zapłacili.",
            "Coś, na co Państwo liczyli, było zepsute.",
        ),
        Detail.BILL: (
            "To, co naliczono, było niezrozumiałe, a rachunek musi się zgadzać.",
            "Rachunek, który się nie zgadza, kosztuje zaufanie, i tak było tym razem.",
        ),
        Detail.LATE_DELIVERY: (
            "Zamówienie dotarło do Państwa o wiele za późno.",
            "Liczyli Państwo na dostawę na czas, a ona się opóźniła.",
        ),
        Detail.WRONG_ITEM: (
            "To, co Państwo zamówili, i to, co dotarło, to nie było to samo.",
            "Dostali Państwo coś innego, niż było zamówione.",
        ),
        Detail.BOOKING: (
            "Mieli Państwo u nas rezerwację i nie można było na nią liczyć.",
            "Rezerwacja to zobowiązanie, a my go nie dotrzymaliśmy.",
        ),
        Detail.NO_ANSWER: (
            "Próbowali się Państwo z nami skontaktować i nie dostali odpowiedzi.",
            "Prosili Państwo o odpowiedź, a jej nie było.",
        ),
        Detail.NOISE: (
            "Hałas odebrał Państwu odpoczynek, na który Państwo liczyli.",
            "Było o wiele za głośno, żeby czuć się dobrze.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:jedzenie|danie|zupa|mieso|pizza|makaron|frytki|kawa|obiad)\W+(?:\w+\W+){0,3}(?:zimn\w+|letni\w+)|zimn\w+ (?:jedzenie|danie|zupa|pizza|frytki|obiad|kawa)",  # noqa: E501
        Detail.BROKEN: r"zawiesza\w*|wysypuj\w+|zepsut\w+|uszkodzon\w+|nie dzial\w+|wadliw\w+",
        Detail.BILL: r"(?:naliczon\w*|policzon\w*|policzyli|naliczyli|skasowali) (?:\w+ ){0,3}(?:dwa razy|podwojnie|za duzo)|rachunek (?:\w+ ){0,3}(?:bledny|sie nie zgadzal)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:dostaw\w+|paczk\w+|zamowieni\w+|przesylk\w+) (?:\w+ ){0,4}(?:pozno|spozni\w+|opozni\w+)|nigdy nie (?:dotarl|przysz)\w*",  # noqa: E501
        Detail.WRONG_ITEM: r"(?:zly|inny|niewlasciwy|nie ten) (?:produkt|towar|rozmiar|danie|kolor)|nie to,? co (?:zamow\w+)",  # noqa: E501
        Detail.BOOKING: r"rezerwacj\w+ (?:\w+ ){0,4}(?:zgubi\w+|anulowa\w+|nie (?:bylo|znaleziono)|przepad\w+)|nie (?:bylo|mieli) (?:naszej|mojej) rezerwacji|overbooking",  # noqa: E501
        Detail.NO_ANSWER: r"(?:zadnej|brak) odpowiedzi|nikt (?:\w+ )?(?:nie )?(?:odpowi\w+|odbiera\w*|oddzwoni\w+)|nie odpowi\w+",  # noqa: E501
        Detail.NOISE: r"halas\w*|za glosno|nie (?:dalo sie|moglismy|moglem|moglam) spac",
    },
    also=(
        "Czytam też uważnie to, co dotyczy {matter}: należy to do tej samej odpowiedzi.",
        "Nie chcę też pominąć tego, co dotyczy {matter}.",
        "Tak samo poważnie traktuję to, co dotyczy {matter}.",
    ),
    feelings={
        Feeling.ANGER: (
            "Bardzo dobrze rozumiem Państwa złość.",
            "Mieli Państwo wszelkie powody do złości.",
            "Na Państwa miejscu każdy byłby zły.",
            "W pełni rozumiem Państwa oburzenie.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Bardzo dobrze rozumiem Państwa rozczarowanie.",
            "Na Państwa miejscu każdy czułby takie samo rozczarowanie.",
            "Rozumiem, jak bardzo musiało to Państwa zawieść.",
            "Rozumiem Państwa rozczarowanie, tym większe, że można było spodziewać się czegoś lepszego.",
        ),
        Feeling.SLIGHTED: (
            "Bardzo dobrze rozumiem poczucie, że nikt nie potraktował Państwa poważnie.",
            "Takie potraktowanie boli, i rozumiem Państwa rozgoryczenie.",
            "Rozumiem, jak frustrujące jest to, że nikt nie słucha.",
        ),
        Feeling.WORRY: (
            "Bardzo dobrze rozumiem Państwa niepokój.",
            "To musiało być dla Państwa niepokojące.",
            "Rozumiem, że mogło to Państwa przestraszyć.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Przepraszam za to, jak Państwa potraktowano.",
            "Przepraszam za ton, w jakim z Państwem rozmawiano.",
        ),
        Topic.WAITING: (
            "Przepraszam, że kazaliśmy Państwu tak długo czekać.",
            "Przepraszam za tak długie czekanie.",
        ),
        Topic.QUALITY: ("Przepraszam za złą jakość.", "Przepraszam, że jakość nie była taka, jak powinna."),
        Topic.PRICE: (
            "Przepraszam, że cena nie była ani jasna, ani uczciwa.",
            "Przepraszam za to, że cena była niejasna.",
        ),
        Topic.HYGIENE: ("Przepraszam, że nie było czysto.", "Przepraszam za brak czystości."),
        Topic.ORDER: ("Przepraszam za błędy w zamówieniu.", "Przepraszam, że z zamówieniem poszło tak źle."),
        Topic.COMPLAINT_HANDLING: (
            "Przepraszam, że nie zajęliśmy się Państwa reklamacją.",
            "Przepraszam za to, jak odpowiedzieliśmy na Państwa reklamację.",
        ),
        Topic.COMFORT: ("Przepraszam za brak wygody.", "Przepraszam, że nie było Państwu u nas wygodnie."),
        Topic.INFORMATION: (
            "Przepraszam, że nasze informacje wprowadziły Państwa w błąd.",
            "Przepraszam za błędne informacje.",
        ),
        Topic.OTHER: ("Przepraszam, że Państwa zawiedliśmy.", "Przepraszam za to, co się stało."),
    },
    sorry=(
        "Przepraszam za to.",
        "Szczerze za to przepraszam.",
        "Naprawdę przepraszam, że tak Państwa zawiedliśmy.",
        "Proszę przyjąć za to moje przeprosiny.",
        "Przepraszam, że spotkało to Państwa u nas.",
    ),
    ownership={
        Topic.STAFF: (
            "Powinniśmy byli potraktować Państwa lepiej, bez względu na wszystko.",
            "Biorę odpowiedzialność za to, jak traktuje się u nas ludzi.",
        ),
        Topic.WAITING: (
            "Powinniśmy byli lepiej to zaplanować i powiedzieć Państwu, co się dzieje.",
            "Mieliśmy za mało osób tam, gdzie były potrzebne, i to był nasz błąd.",
        ),
        Topic.QUALITY: (
            "Powinniśmy byli zauważyć to w porę.",
            "Nie sprawdziliśmy tego dość dokładnie, i to był nasz błąd.",
        ),
        Topic.PRICE: (
            "Powinniśmy byli jasno powiedzieć o tym od początku.",
            "Powinniśmy byli wyjaśnić, za co się płaci.",
        ),
        Topic.HYGIENE: (
            "Powinniśmy byli zobaczyć to przed Państwem.",
            "Nie posprzątaliśmy i nie sprawdziliśmy tak, jak należało.",
        ),
        Topic.ORDER: (
            "Powinniśmy byli to sprawdzić przed wysłaniem.",
            "Popełniliśmy błąd, a jego skutki spadły na Państwa.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Powinniśmy byli wysłuchać i od razu się tym zająć.",
            "Nie wysłuchaliśmy Państwa, i to był nasz błąd.",
        ),
        Topic.COMFORT: (
            "Powinniśmy byli to zauważyć i coś z tym zrobić.",
            "Nie zadbaliśmy o Państwa wygodę tak, jak należało.",
        ),
        Topic.INFORMATION: (
            "Powinniśmy byli pisać jaśniej, i to był nasz błąd.",
            "Powinniśmy byli jasno powiedzieć, czego można się spodziewać.",
        ),
        Topic.OTHER: ("Powinniśmy byli zrobić to lepiej.", "Nie stanęliśmy na wysokości zadania, i to nasza wina."),
    },
    owned=(
        "To był nasz błąd.",
        "Zawiedliśmy, i biorę za to odpowiedzialność.",
        "To nasza wina i niczyja inna.",
        "Powinniśmy byli zrobić to lepiej, i nie szukam wymówek.",
        "Biorę za to odpowiedzialność.",
    ),
    done={
        StepKind.TALKED: ("Rozmawialiśmy już o tym w zespole.", "Omówiliśmy to w zespole."),
        StepKind.LOOKED: ("Sprawdziliśmy, co się stało.", "Sprawdziliśmy już, jak do tego doszło."),
        StepKind.REPAIRED: ("Naprawiliśmy to, co było zepsute.", "To, co było zepsute, już naprawiliśmy."),
        StepKind.CHANGED: ("Zmieniliśmy nasz sposób pracy.", "Zmieniliśmy w tym miejscu nasz sposób pracy."),
        StepKind.BILL: ("Sprawdziliśmy to, co naliczono.", "Sprawdziliśmy rachunek."),
        StepKind.WROTE: ("Napisaliśmy też do Państwa bezpośrednio.", "Napisaliśmy również do Państwa prywatnie."),
        StepKind.REACHED: (
            "Kontaktowaliśmy się też z Państwem bezpośrednio.",
            "Byliśmy również z Państwem w bezpośrednim kontakcie.",
        ),
    },
    planned={
        StepKind.TALKED: ("Chcemy porozmawiać o tym z zespołem.",),
        StepKind.LOOKED: ("Sprawdzamy, co się stało.",),
        StepKind.REPAIRED: ("Naprawa jest na naszej liście.",),
        StepKind.CHANGED: ("Pracujemy nad tym, jak to robimy.",),
        StepKind.BILL: ("Sprawdzamy to, co naliczono.",),
        StepKind.REACHED: ("Chcemy też skontaktować się z Państwem bezpośrednio.",),
    },
    planned_by={
        StepKind.TALKED: ("Do {day} porozmawiamy o tym z zespołem.",),
        StepKind.LOOKED: ("Do {day} sprawdzimy, co się stało.",),
        StepKind.REPAIRED: ("Do {day} zajmiemy się naprawą.",),
        StepKind.CHANGED: ("Do {day} zmienimy to, jak pracujemy.",),
        StepKind.BILL: ("Do {day} sprawdzimy to, co naliczono.",),
        StepKind.REACHED: ("Do {day} skontaktujemy się z Państwem bezpośrednio.",),
    },
    wants=(
        "Chcę dokładnie zrozumieć, co poszło źle, i wspólnie z Państwem poszukać sposobu, żeby to naprawić.",
        "Chcę zająć się tym osobiście, a do tego potrzebny jest mi Państwa głos.",
        "Chętnie poznam resztę tej historii, żeby zobaczyć, jak możemy to naprawić.",
        "Chcę ustalić, gdzie zawiedliśmy, a liczy się to, jak Państwo to widzą.",
        "Chcę to z Państwem naprawić, jak człowiek z człowiekiem.",
    ),
    refund=(
        "Pytają Państwo także o pieniądze, a o tym chcę porozmawiać bezpośrednio, nie publicznie.",
        "Prośba o zwrot pieniędzy jest zrozumiała, i chcę omówić ją z Państwem prywatnie.",
        "To, o co Państwo pytają w sprawie pieniędzy, zasługuje na jasną odpowiedź, i chcę jej udzielić bezpośrednio.",
    ),
    refund_policy=(
        "Pytają Państwo także o pieniądze; na takie przypadki mamy jasną zasadę, i chcę zastosować ją z Państwem prywatnie.",  # noqa: E501
        "W sprawach pieniędzy mamy jasną zasadę, i chcę omówić ją z Państwem bezpośrednio.",
    ),
    churn=(
        "Szanuję to, że nie chcą Państwo wracać, a mimo to chcę to naprawić.",
        "Rozumiem, że po tym wszystkim nie chcą Państwo wracać.",
        "Rozumiem, że straciliśmy Państwa zaufanie, a mimo to chętnie poznam Państwa zdanie.",
    ),
    routes={
        RouteKind.MAIL: (
            "Proszę napisać na adres {address} z dopiskiem, że to wiadomość do mnie, a zajmę się tym osobiście.",
            "Proszę napisać do mnie na adres {address}; mogę o tym zdecydować i chcę to zrobić z Państwem.",
            "Mój adres to {address}; proszę napisać tam kilka słów z dopiskiem: {person}.",
        ),
        RouteKind.PHONE: (
            "Proszę zadzwonić do nas pod numer {address} i podać moje nazwisko, a zajmę się tym osobiście.",
            "Proszę zadzwonić pod numer {address}, osoba do rozmowy: {person}; mogę o tym zdecydować.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Proszę wysłać do mnie prywatną wiadomość tutaj, z dopiskiem: {person}, a zajmę się tym osobiście.",
            "Proszę napisać do mnie prywatną wiadomość na tej stronie; mogę o tym zdecydować i chcę to zrobić z Państwem.",  # noqa: E501
        ),
        RouteKind.FORM: (
            "Proszę napisać do mnie przez formularz kontaktowy na naszej stronie, z dopiskiem: {person}, a zajmę się tym osobiście.",  # noqa: E501
            "Proszę skorzystać z naszego formularza kontaktowego, z dopiskiem: {person}; mogę o tym zdecydować.",
        ),
        RouteKind.DESK: (
            "Proszę zapytać o mnie w recepcji: {person}; znam sprawę i mogę zdecydować.",
            "Proszę przyjść do recepcji lub tam zadzwonić i zapytać o mnie: {person}; zajmę się tym osobiście.",
        ),
        RouteKind.PAGE: (
            "Proszę skontaktować się z nami tak, jak podano na tej stronie, z dopiskiem: {person}, a zajmę się tym osobiście.",  # noqa: E501
            "Proszę zadzwonić pod numer podany na tej stronie, osoba do rozmowy: {person}; mogę o tym zdecydować.",
        ),
    },
    wordless=(
        "Dziękujemy za chwilę poświęconą na ocenę.",
        "Państwa ocena dotarła do mnie i chcę ją zrozumieć.",
        "Państwa gwiazdki mówią mi, że czegoś zabrakło.",
        "Mało gwiazdek i ani słowa: tu chcę zapytać.",
        "Widzę, że dostaliśmy od Państwa mało gwiazdek, i traktuję to poważnie.",
        "Dziękujemy za szczerą ocenę.",
        "Taka ocena mówi mi, że nie spełniliśmy Państwa oczekiwań.",
        "Chętnie dowiem się, co chcieli nam Państwo przez tę ocenę powiedzieć.",
        "Dziś widzę Państwa ocenę, i nie jest mi ona obojętna.",
        "Ta ocena daje mi do myślenia, i za to dziękuję.",
        "Dziękujemy za sygnał w gwiazdkach, że coś było nie tak.",
    ),
    ask=(
        "Wyobrażam sobie Państwa rozczarowanie i chętnie dowiem się, co powinniśmy byli zrobić inaczej.",
        "Rozumiem, że liczyli Państwo na więcej, i chętnie usłyszę, czego zabrakło.",
        "Rozumiem Państwa rozczarowanie, i pomoże mi wiedza, gdzie zawiedliśmy.",
    ),
    invite=(
        "Kilka słów od Państwa pomoże nam bardziej niż jakakolwiek liczba gwiazdek, bo dzięki nim wiemy, co poprawić.",
        "Takie wiadomości czytam osobiście, a najwięcej uczę się właśnie od tych, którzy uważnie patrzą i mówią o tym otwarcie.",  # noqa: E501
    ),
    preference=(
        "To, co dotyczy {matter}, jest słuszną uwagą, i biorę ją pod rozwagę.",
        "Dobrze rozumiem, o co chodzi w sprawie {matter}.",
        "Takie spojrzenie w sprawie {matter} nam pomaga, bo pokazuje, czego może brakować także innym.",
    ),
    understood=(
        "Rozumiem, że woleliby Państwo inaczej, a gustów zawsze warto posłuchać.",
        "Bardzo dobrze rozumiem, że wyobrażali to sobie Państwo inaczej.",
        "Rozumiem, że woleliby Państwo coś innego.",
    ),
    praise=(
        "Dziękujemy, to poprawiło nam cały dzień.",
        "Co za przyjemność to widzieć.",
        "Z całego serca dziękujemy.",
        "Jak miło, że dają nam Państwo o tym znać.",
        "Uśmiechamy się dziś od ucha do ucha.",
        "Wielkie dzięki za ten miły znak.",
        "Dobrze coś takiego zobaczyć, dziękujemy.",
        "Cieszymy się, że wszystko się podobało.",
        "Dziękujemy, że dzielą się Państwo tym z nami i z innymi.",
        "Od tak miłego gestu dobrze zaczyna się dzień pracy.",
        "Jak miło, że Państwo o nas pomyśleli.",
        "Wiele dla nas znaczy ta chwila uwagi.",
    ),
    praise_praised=(
        "Dziękujemy za docenienie tego, w co wkładamy serce: {praised}.",
        "Cieszy nas, że podobało się to, o co tak dbamy: {praised}.",
        "Miło, że zwrócili Państwo uwagę na to, co dla nas ważne: {praised}.",
    ),
    praise_more=(
        "Cały zespół bardzo się ucieszy.",
        "Widać, że troska, którą w to wkładamy, jest zauważana.",
        "Właśnie po to pracujemy każdego dnia.",
        "Dla tych, którzy pracują za kulisami, nie ma lepszej zachęty.",
        "Dobrze wiedzieć, że się udało.",
    ),
    praise_close=(
        "Do zobaczenia.",
        "Nasze drzwi są zawsze otwarte.",
        "Do następnego razu i wszystkiego dobrego.",
        "Z radością znów Państwa powitamy.",
        "Serdeczności od nas wszystkich.",
    ),
    praised={
        Praised.PEOPLE: "obsługa",
        Praised.FOOD: "jedzenie",
        Praised.ROOMS: "pokoje",
        Praised.PLACE: "atmosfera",
        Praised.CLEANLINESS: "czystość",
        Praised.VALUE: "dobra cena za dobrą jakość",
        Praised.SPEED: "szybkość",
        Praised.WORK: "nasza praca",
    },
    praised_words={
        Praised.PEOPLE: r"obslug\w+|kelner\w*|personel|zespol|recepcj\w+|mil[aiye]\w*|uprzejm\w+|pomocn\w+|zyczliw\w+",
        Praised.FOOD: r"jedzeni\w+|dani\w+|kuchni\w+|sniadani\w+|kolacj\w+|pizz\w+|makaron\w*|deser\w*|kaw\w+|pyszn\w+|smaczn\w+",  # noqa: E501
        Praised.ROOMS: r"pok(?:oj|oi)\w*|lozk\w+|apartament\w*",
        Praised.PLACE: r"atmosfer\w+|klimat\w*|lokalizacj\w+|widok\w*|taras\w*|ogrod\w*|wystroj\w*|przytuln\w+",
        Praised.CLEANLINESS: r"czyst\w+",
        Praised.VALUE: r"cen\w+|niedrog\w+",
        Praised.SPEED: r"szybk\w+|punktualn\w+",
        Praised.WORK: r"produkt\w*|jakosc\w*|napraw\w+|zabieg\w*|fryzur\w+|strzyzeni\w+|aplikacj\w+",
    },
    good_words=r"dobr\w+|bardzo dobr\w+|swietn\w+|super|wspanial\w+|doskonal\w+|idealn\w+|mil[aiyeo]\w*|uprzejm\w+|pomocn\w+|zyczliw\w+|pyszn\w+|smaczn\w+|najleps\w+|fantastyczn\w+|rewelacyjn\w+|piekn\w+|czyst\w+|szybk\w+|przytuln\w+|polecam\w*|niedrog\w+|punktualn\w+",  # noqa: E501
    not_words=r"nie|nigdy|nic|bez|ale|lecz|niestety|jednak|chociaz|zl[aeyi]\w*|gorsz\w+|woln\w+|brudn\w+|zimn\w+|drog\w+|rozczarow\w+|okropn\w+|szkoda|brak\w+|zbyt|za|mniej|niemil\w+|moglo",
    bitter_words=r"niegrzeczn\w+|nieuprzejm\w+|woln\w+ obslug\w+|najwolniejsz\w+|brudn\w+|najgorsz\w+|okropn\w+|obrzydliw\w+|czeka\w+ (?:\w+ ){0,3}godzin\w*|gratuluj\w+|oszu\w+",  # noqa: E501
    taste_words=r"nie (?:w moim|moj|nasz|w naszym) (?:styl\w*|gust\w*|klimat\w*)|jak (?:na|dla) (?:moj|mnie)|kwestia gustu|wol(?:al|ela)bym",  # noqa: E501
    general=(
        "Dziękujemy za wiadomość.",
        "Dziękujemy za szczerość.",
        "Te słowa czytam uważnie.",
        "Dziękujemy za te otwarte słowa.",
        "Za każde szczere słowo należą się podziękowania.",
        "Takie słowa czyta się u nas z uwagą.",
        "Dziękujemy za ujęcie tego w słowa.",
        "Dobrze, że o takich sprawach mówi się otwarcie.",
        "Biorę te słowa do serca.",
        "Dziękujemy za tak jasny opis.",
        "Cenię takie otwarte słowa.",
    ),
    general_matters={
        Topic.STAFF: "obsługi",
        Topic.WAITING: "czasu oczekiwania",
        Topic.QUALITY: "jakości",
        Topic.PRICE: "pieniędzy i cen",
        Topic.HYGIENE: "czystości",
        Topic.ORDER: "zamówień i wizyt",
        Topic.COMPLAINT_HANDLING: "odpowiedzi na reklamacje",
        Topic.COMFORT: "wygody",
        Topic.INFORMATION: "informacji",
        Topic.OTHER: "takich tematów",
    },
    general_matter=(
        "To, co mówi się w sprawie {matter}, traktujemy poważnie, i bardzo dobrze rozumiem, jak frustrujące jest coś takiego.",  # noqa: E501
        "Każdy czułby rozczarowanie, a uwagi w sprawie {matter} traktujemy poważnie.",
    ),
    general_private=(
        "Ochrona prywatności nie pozwala nam rozmawiać tutaj o konkretnych sprawach.",
        "Dla ochrony prywatności nie możemy powiedzieć publicznie więcej o konkretnych sprawach.",
    ),
    general_route=(
        "Każdy może się z nami skontaktować {way}, osoba do rozmowy: {person}; chcę porozmawiać o tym prywatnie.",
        "Proszę się z nami skontaktować {way}, osoba do rozmowy: {person}, żebyśmy mogli porozmawiać prywatnie.",
    ),
    ways={
        RouteKind.MAIL: "pod adresem {address}",
        RouteKind.PHONE: "pod numerem {address}",
        RouteKind.PRIVATE_MESSAGE: "prywatną wiadomością na tej stronie",
        RouteKind.FORM: "przez formularz na naszej stronie",
        RouteKind.DESK: "w recepcji",
        RouteKind.PAGE: "pod numerem podanym na tej stronie",
    },
    holding={
        Grave.HARM: (
            "Bardzo mi przykro, że to czytam. Zdrowie jest najważniejsze, i chcę zająć się tym osobiście.",
            "To, co Państwo piszą, niepokoi mnie, i bardzo przepraszam. Zajmuję się tym osobiście.",
        ),
        Grave.DIGNITY: (
            "Bardzo mi przykro, że to czytam. Nikt nie powinien tego u nas doświadczyć, i zajmuję się tym osobiście.",
            "Dziękujemy, że nam Państwo o tym mówią. Traktuję to bardzo poważnie i chcę zająć się tym osobiście.",
        ),
        Grave.PRESSURE: (
            "Dziękujemy za wiadomość. Czytam ją uważnie i chcę zająć się tym osobiście.",
            "Przyjmuję do wiadomości to, co Państwo piszą, i chcę porozmawiać o tym osobiście.",
        ),
        Grave.LIFE: (
            "Dziękuję za tak otwarte słowa. Bardzo chcę porozmawiać z Państwem osobiście.",
            "To, co Państwo piszą, porusza mnie, i chcę być do dyspozycji, żeby porozmawiać.",
        ),
    },
    posts={
        Post.OWNER: "w imieniu właścicieli",
        Post.MANAGER: "menedżer",
        Post.RESTAURANT: "menedżer restauracji",
        Post.HOTEL: "menedżer hotelu",
        Post.SHOP: "menedżer sklepu",
        Post.PRACTICE: "menedżer przychodni",
        Post.GUEST_RELATIONS: "obsługa gości",
        Post.CUSTOMER_CARE: "obsługa klienta",
    },
)  # fmt: skip
