"""Headers of exports in Czech, Danish, Dutch, English, French, German, Italian, Polish, Portuguese, Romanian, Spanish,
Swedish and Turkish, folded (lower case, no accents), by the field they mean.

Words of our own and of public documentation: no vendor's real list of columns could be checked.
"""

from __future__ import annotations

_BY_FIELD = {
    "text": """
        text | body | review | reviews | review text | review body | comment | comments | content | message | feedback |
        opinion text | tip | description | review text published | full review | review content | original text |
        bewertung | bewertungstext | kommentar | rezension | inhalt | meinung |
        avis | commentaire | texte | contenu | texte de l avis | commentaires |
        resena | comentario | opinion | texto | comentarios | contenido |
        recensione | commento | testo | contenuto |
        avaliacao | conteudo | texto da avaliacao |
        beoordeling | recensie | tekst | opmerking | inhoud | reactie gast |
        opinia | recenzja | tresc | komentarz | tekst opinii |
        recenze | hodnoceni text | komentar | obsah | text recenze |
        anmeldelse | omdome | recension | anmeldelsestekst | omdomestext | indhold | innehall |
        recenzie | comentariu | continut | parere |
        yorum | degerlendirme | inceleme | yorum metni | icerik
    """,
    "title": """
        title | headline | review title | subject | summary | heading |
        titel | uberschrift | betreff | titre | titulo | asunto |
        titolo | oggetto | assunto | onderwerp | tytul | temat |
        nadpis | titulek | overskrift | emne | rubrik | amne | titlu | subiect | baslik | konu
    """,
    "stars": """
        stars | star | rating | star rating | review rating | score | review score | rating value | overall rating |
        five star rating published | overall | points | rated | overall score |
        sterne | note | bewertung sterne | punkte |
        sternebewertung | gesamtbewertung | gesamtnote | punktzahl | wertung |
        etoiles | notation | nombre d etoiles | note globale |
        estrellas | puntuacion | calificacion | valoracion | nota |
        stelle | voto | valutazione | punteggio |
        estrelas | pontuacao | classificacao |
        sterren | score sterren | cijfer | waardering |
        gwiazdki | ocena | liczba gwiazdek | punkty |
        hvezdicky | hodnoceni | pocet hvezd | hvezdy | znamka |
        stjerner | stjarnor | betyg | bedommelse | karakter | vurdering | antal stjerner |
        stele | nota acordata | evaluare | punctaj | calificativ |
        yildiz | puan | puanlama
    """,
    "scale": """
        scale | best rating | max rating | rating max | out of | maximum | rating scale | max score |
        skala | hochstnote | echelle | note maximale | escala | scala | schaal | skaala | olcek | scara
    """,
    "author": """
        author | reviewer | name | reviewer name | author name | user | username | user name | customer | guest |
        customer name | guest name | display name | nickname | written by | reviewed by |
        verfasser | autor | gast | kunde | kundenname | nutzer | benutzer | gastname |
        auteur | client | nom | utilisateur | nom du client |
        nombre | cliente | usuario | huesped | nombre del cliente |
        autore | utente | ospite | nome | nome cliente |
        usuario | hospede | nome do cliente |
        klant | gebruiker | naam | klantnaam |
        uzytkownik | klient | gosc | imie | nazwa uzytkownika |
        jmeno | uzivatel | zakaznik | host |
        forfatter | kunde navn | bruger | navn | gaest | forfattare | anvandare | kund | namn |
        utilizator | nume | oaspete |
        yazar | kullanici | musteri | ad | isim | misafir
    """,
    "date": """
        date | review date | published | published at |
        publish date | created | created at | created date | date created |
        time | timestamp | create time | creation time | date published |
        posted | posted on | submitted | submitted at | date posted | review time |
        datum | bewertungsdatum | veroffentlicht | erstellt | erstellt am | veroffentlicht am |
        date de l avis | date de publication | publie le | cree le |
        fecha | fecha de publicacion | publicado |
        data | data recensione | pubblicato | data di pubblicazione |
        data da avaliacao | data de publicacao |
        datum beoordeling | geplaatst op | aangemaakt |
        data opinii | data dodania | opublikowano | data publikacji |
        datum hodnoceni | zverejneno | vytvoreno |
        dato | oprettet | publiceret | publicerad | skapad |
        data recenziei | publicat | data publicarii |
        tarih | yayin tarihi | olusturulma tarihi
    """,
    "visited_at": """
        visited at | visited | visited on | visit date | date of visit | visit | visit time | date visited |
        travel date | date of experience | experience date | date of stay | stay date | meal date | dined |
        dined on | dined at |
        reservation date | booking date | reservation time |
        besuchsdatum | besucht am | datum des besuchs | reservierungsdatum | aufenthaltsdatum | datum der erfahrung |
        date de visite | date de la visite | date de reservation | date du repas | date de sejour |
        date de l experience |
        fecha de visita | fecha de la visita | fecha de reserva | fecha de estancia | fecha de la experiencia |
        data della visita | data visita | data prenotazione | data del soggiorno | data dell esperienza |
        data da visita | data da reserva | data da estadia | data da experiencia |
        bezoekdatum | datum bezoek | datum van bezoek | reserveringsdatum |
        data wizyty | data rezerwacji | data pobytu | datum navstevy | datum rezervace |
        besogsdato | dato for besog | besoksdatum | datum for besok | data vizitei | data rezervarii |
        ziyaret tarihi | rezervasyon tarihi
    """,
    "external_id": """
        id | review id | reviewid | external id | reference | ref | uuid | identifier | review reference | guid |
        bewertungs id | kennung | identifiant | reference avis | identificador | id avis | identificativo | referentie |
        identyfikator | identifikator | id recenze | id opinii | anmeldelses id | identificator | kimlik | yorum id |
        nr | no | number | # | nummer | numero | numer | cislo | numar | numara
    """,
    "url": """
        url | link | review url | review link | permalink | web address | google maps url | review page |
        adresse der bewertung | lien | enlace | collegamento | ligacao | koppeling | odkaz | lank | legatura | baglanti
    """,
    "language": """
        language | lang | locale | review language | language code |
        sprache | langue | idioma | lingua | taal | jezyk | jazyk | sprog | sprak | limba | dil
    """,
    "reply": """
        reply | response | owner response | owner reply | business response | answer | company reply | reply text |
        management response | review reply | response text | your reply | owner answer | developer reply |
        antwort | antwort des inhabers | reponse | reponse du proprietaire | respuesta | respuesta del propietario |
        risposta | risposta del proprietario | resposta | antwoord | reactie |
        odpowiedz | odpoved | svar | raspuns | yanit |
        cevap
    """,
    "reply_date": """
        response date | reply date | replied at | response at |
        date of response | date of reply | reply time | replied on |
        responded at | responded on | response time |
        reply created at | reply published at | reply update time | reply create time |
        antwortdatum | datum der antwort | date de reponse | date de la reponse | fecha de respuesta |
        data risposta | data da resposta | antwoorddatum | data odpowiedzi | datum odpovedi | svarsdato | svarsdatum |
        data raspunsului | yanit tarihi | cevap tarihi
    """,
    "positive": """
        positive | pros | liked | positive review | what they liked | positive comment | advantages |
        positiv | positives | vorteile | points positifs | aspectos positivos | positivo | pro | aspetti positivi |
        pontos positivos | pluspunten | zalety | klady | fordele | fordelar | puncte pozitive | olumlu
    """,
    "negative": """
        negative | cons | disliked | negative review | what they disliked | negative comment | disadvantages |
        negativ | negatives | nachteile | points negatifs | aspectos negativos | negativo | contro | aspetti negativi |
        pontos negativos | minpunten | wady | zapory | ulemper | nackdelar | puncte negative | olumsuz
    """,
}

ALIASES = {" ".join(name.split()): field for field, names in _BY_FIELD.items() for name in names.split("|")}

# Too common within longer headers to mean the same there: "location name", "user id", "response data".
WEAK = frozenset(
    [
        "id",
        "no",
        "nr",
        "#",
        "number",
        "nummer",
        "numero",
        "numer",
        "ref",
        "reference",
        "name",
        "nombre",
        "nome",
        "nom",
        "naam",
        "navn",
        "namn",
        "nume",
        "ad",
        "host",
        "overall",
        "points",
        "time",
        "data",
        "note",
        "nota",
        "pro",
        "title",
        "message",
        "description",
        "content",
        "created",
        "posted",
        "posted",
        "on",
        "date",
        "user",
        "client",
        "cliente",
        "klient",
        "customer",
        "guest",
        "gast",
        "review",
        "reviews",
        "maximum",
        "scale",
        "star",
        "max",
    ]
)

# Headers with one of these words are of something else: "reviewer e-mail", "review count", "date of stay".
OTHERS = frozenset(
    [
        "mail",
        "email",
        "phone",
        "avatar",
        "photo",
        "photos",
        "picture",
        "image",
        "images",
        "count",
        "location",
        "place",
        "address",
        "status",
        "source",
        "platform",
        "city",
        "country",
        "telefon",
        "adresse",
        "ort",
        "stay",
        "visit",
        "visited",
        "aufenthalt",
        "sejour",
        "estancia",
        "soggiorno",
        "likes",
        "helpful",
        "votes",
        "keywords",
        "tags",
    ]
)
