"""Spanish. With usted, or with tú where the house says so; words that fit every gender and every country."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="es",
    conjunction=" y ",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    day="{n} de {month}",
    capitals=frozenset(),
    greetings=("Hola, {name}:", "Buenos días, {name}:"),
    plain_greetings=(),
    openings=(
        "Gracias por contarnos con tanta claridad lo que ocurrió.",
        "Gracias por dedicar un momento a escribirnos.",
        "Agradezco que nos lo {haya|hayas} dicho en lugar de {marcharse|marcharte} sin más.",
        "He leído {sus|tus} palabras con atención, y más de una vez.",
        "Gracias por hablarnos con tanta franqueza.",
        "Me alegra que nos lo {haya|hayas} contado, aunque no sea fácil leerlo.",
        "{Su|Tu} relato me permite ver lo que {vio usted|viste tú}, y lo agradezco.",
        "Agradezco la sinceridad con la que {nos escribe|nos escribes}.",
        "{Sus|Tus} palabras me han llegado hoy y quiero responder en persona.",
        "Gracias por no {guardarse|guardarte} esto.",
        "Es importante para nosotros saberlo, y {le|te} agradezco que lo {haya|hayas} escrito.",
        "Gracias por explicarnos tan bien lo que falló.",
    ),
    openings_matter=(
        "Gracias por escribirnos sobre {matter}.",
        "Agradezco que nos {haya|hayas} escrito sobre {matter}.",
        "He leído con atención lo que {dice|dices} sobre {matter}.",
        "Gracias por hablarnos abiertamente sobre {matter}.",
        "Nos ayuda que {haya|hayas} descrito con tanta claridad {matter}.",
    ),
    mixed=(
        "Gracias por decir lo bueno y por hablar con la misma franqueza sobre {matter}.",
        "Gracias por una opinión tan justa, que reconoce lo bueno y también señala {matter}.",
        "Agradezco {sus|tus} palabras amables, y no menos lo que {cuenta|cuentas} sobre {matter}.",
    ),
    mixed_praised=(
        "Me alegra que {le|te} gustara {praised}, y agradezco que nos {hable|hables} también sobre {matter}.",
        "Gracias por {sus|tus} palabras sobre {praised}, y por hablar con la misma franqueza sobre {matter}.",
        "Es grato leer lo que {dice|dices} sobre {praised}, y útil lo que {cuenta|cuentas} sobre {matter}.",
    ),
    matters={
        Topic.STAFF: "el trato que {recibió|recibiste}",
        Topic.WAITING: "la larga espera",
        Topic.QUALITY: "la calidad",
        Topic.PRICE: "el precio",
        Topic.HYGIENE: "la limpieza",
        Topic.ORDER: "{su|tu} pedido",
        Topic.COMPLAINT_HANDLING: "la respuesta a {su|tu} queja",
        Topic.COMFORT: "la falta de comodidad",
        Topic.INFORMATION: "la información que dimos",
        Topic.OTHER: "lo ocurrido",
    },
    complaints={
        Topic.STAFF: (
            "El trato y el tono que {encontró|encontraste} no son aceptables.",
            "{Encontró|Encontraste} un trato descortés donde {debía|debías} encontrar ayuda.",
            "No {recibió|recibiste} el respeto que cualquiera puede esperar de nosotros.",
            "Un trato así de poco amable no tiene cabida en nuestro servicio.",
        ),
        Topic.WAITING: (
            "{Esperó|Esperaste} mucho más de lo que nadie debería esperar.",
            "{Le|Te} hicimos esperar demasiado.",
            "Tardamos demasiado en {atenderle|atenderte}, y esa espera {le|te} costó un tiempo valioso.",
            "Una espera como la que {describe|describes} estropea todo lo demás.",
        ),
        Topic.QUALITY: (
            "Lo que {recibió|recibiste} de nosotros no tenía la calidad que debía.",
            "{Esperaba|Esperabas} buena calidad y {encontró|encontraste} algo muy inferior.",
            "La calidad quedó muy por debajo de lo que {había|habías} pagado.",
            "Con esa calidad no debió salir nada de nuestras manos.",
        ),
        Topic.PRICE: (
            "El precio que {pagó|pagaste} no guardaba proporción con lo que {recibió|recibiste}.",
            "Lo que se {le|te} cobró era más de lo que {tenía|tenías} motivos para esperar.",
            "{Pagó|Pagaste} un precio que no se correspondía con lo que {obtuvo|obtuviste}.",
            "No quedó bastante claro qué precio {estaba|estabas} pagando y por qué.",
        ),
        Topic.HYGIENE: (
            "La limpieza es lo mínimo que se puede esperar, y no la {encontró|encontraste}.",
            "{Encontró|Encontraste} sucio lo que debía estar limpio.",
            "Lo que {vio|viste} no estaba limpio, y debía estarlo.",
            "Encontrar suciedad donde se espera cuidado es muy desagradable.",
        ),
        Topic.ORDER: (
            "{Su|Tu} pedido no salió como debía.",
            "{Confió|Confiaste} en nosotros con {su|tu} pedido y salió mal.",
            "Algo falló con {su|tu} pedido, y las molestias fueron para {usted|ti}.",
            "Un pedido tiene que llegar completo, correcto y a tiempo, y el {suyo|tuyo} no llegó así.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "{Planteó|Planteaste} un problema y no {recibió|recibiste} una respuesta adecuada a {su|tu} queja.",
            "{Planteó|Planteaste} un problema, y no supimos escuchar.",
            "Nos {dijo|dijiste} que algo iba mal, y nuestra respuesta lo empeoró.",
            "{Su|Tu} queja merecía una respuesta mejor.",
        ),
        Topic.COMFORT: (
            "No {pudo|pudiste} sentir comodidad con nosotros, y es lo mínimo que debemos ofrecer.",
            "Las instalaciones que {le|te} ofrecimos no eran lo bastante cómodas.",
            "Lo que debía ser cómodo no lo fue.",
            "Faltó la comodidad con la que {contaba|contabas}.",
        ),
        Topic.INFORMATION: (
            "Nuestra información y lo que {encontró|encontraste} no coincidían.",
            "{Confió|Confiaste} en nuestra información, y la realidad fue otra.",
            "Nuestra información {le|te} hizo esperar otra cosa.",
            "La información que {había|habías} leído de nosotros llevaba a engaño.",
        ),
        Topic.OTHER: (
            "Lo que {describe|describes} no debió ocurrir.",
            "{Esperaba|Esperabas} algo mejor de nosotros, y con razón.",
            "No es la experiencia que {debía|debías} tener con nosotros.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Una comida que llega fría a la mesa decepciona desde el primer bocado.",
            "{Su|Tu} comida llegó fría, y debía estar caliente.",
        ),
        Detail.BROKEN: (
            "{Recibió|Recibiste} algo que no funcionaba, y no es por lo que {había|habías} pagado.",
            "Algo con lo que {contaba|contabas} estaba averiado.",
        ),
        Detail.BILL: (
            "Se {le|te} cobró de una forma que no se entiende, y una cuenta tiene que ser correcta.",
            "Una cuenta que no es correcta cuesta confianza, y así ocurrió con la {suya|tuya}.",
        ),
        Detail.LATE_DELIVERY: (
            "{Recibió|Recibiste} el pedido con mucho retraso.",
            "{Contaba|Contabas} con una entrega puntual, y no llegó cuando debía.",
        ),
        Detail.WRONG_ITEM: (
            "Lo que {pidió|pediste} y lo que {le|te} llegó no eran lo mismo.",
            "{Recibió|Recibiste} algo distinto de lo que {había|habías} pedido.",
        ),
        Detail.BOOKING: (
            "{Tenía|Tenías} una reserva con nosotros y no {pudo|pudiste} contar con ella.",
            "Una reserva es un compromiso, y no cumplimos el {suyo|tuyo}.",
        ),
        Detail.NO_ANSWER: (
            "{Intentó|Intentaste} hablar con nosotros y no {obtuvo|obtuviste} respuesta.",
            "{Pidió|Pediste} una respuesta, y no llegó ninguna.",
        ),
        Detail.NOISE: (
            "El ruido {le|te} quitó el descanso.",
            "Había demasiado ruido para que {pudiera|pudieras} sentir comodidad.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:comida|plato|sopa|carne|pizza|pasta|cafe|patatas|cena)\W+(?:\w+\W+){0,3}fri[oa]s?",
        Detail.BROKEN: r"se (?:cuelga|bloquea|cierra sol[oa])|rot[oa]s?|no funcion\w+|dej(?:o|aba) de funcionar|averiad\w+|defectuos\w+",  # noqa: E501
        Detail.BILL: r"cobr\w+ (?:\w+ ){0,3}(?:dos veces|doble|de mas)|(?:cuenta|factura) (?:\w+ ){0,2}(?:mal|equivocada|incorrecta)",  # noqa: E501
        Detail.LATE_DELIVERY: r"(?:pedido|paquete|entrega) (?:\w+ ){0,4}(?:tarde|retraso)|nunca llego|lleg\w+ (?:\w+ ){0,3}tarde",  # noqa: E501
        Detail.WRONG_ITEM: r"(?:pedido|producto|plato|articulo|talla) equivocad\w+|no era lo que (?:pedi|pedimos|habia\w* pedido)",  # noqa: E501
        Detail.BOOKING: r"(?:perdi|cancel|anul)\w+ (?:nuestra|mi|la) reserva|no (?:tenian|encontraban|constaba) (?:\w+ )?reserva|overbooking",  # noqa: E501
        Detail.NO_ANSWER: r"nadie (?:contest|respond|cog|me llam)\w+|no (?:contest|respond)\w+|sin respuesta|nunca (?:contest|respond)\w+",  # noqa: E501
        Detail.NOISE: r"ruido\w*|ruidos\w+|no (?:pude|pudimos|se puede) dormir",
    },
    also=(
        "También he leído lo que {dice|dices} sobre {matter}, y forma parte de la misma respuesta.",
        "{Menciona|Mencionas} además {matter}, y no quiero pasarlo por alto.",
        "Lo que {escribe|escribes} sobre {matter} me lo tomo igual de en serio.",
    ),
    feelings={
        Feeling.ANGER: (
            "Entiendo perfectamente {su|tu} enfado.",
            "Comprendo que {tenía|tenías} todos los motivos para {enfadarse|enfadarte}.",
            "Cualquiera se habría enfadado en {su|tu} lugar.",
            "Entiendo muy bien {su|tu} indignación.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Entiendo muy bien {su|tu} decepción.",
            "A mí me habría decepcionado igual.",
            "Comprendo lo frustrante que tuvo que ser para {usted|ti}.",
            "Comprendo {su|tu} decepción, después de haber esperado algo mejor.",
        ),
        Feeling.SLIGHTED: (
            "Entiendo muy bien que {sintiera|sintieras} que no se {le|te} tomaba en serio.",
            "Duele recibir un trato así, y comprendo {su|tu} malestar.",
            "Comprendo lo frustrante que es hablar y no encontrar quien escuche.",
        ),
        Feeling.WORRY: (
            "Entiendo muy bien que aquello {le|te} preocupara.",
            "Tuvo que ser inquietante para {usted|ti}.",
            "Comprendo muy bien {su|tu} preocupación.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Lamento el trato que {recibió|recibiste}.",
            "{Le|Te} pido disculpas por el tono y el trato que {encontró|encontraste}.",
        ),
        Topic.WAITING: (
            "Lamento que {le|te} hiciéramos esperar tanto.",
            "{Le|Te} pido disculpas por la larga espera.",
        ),
        Topic.QUALITY: (
            "Lamento que la calidad no estuviera a la altura.",
            "{Le|Te} pido disculpas por la mala calidad de lo que {recibió|recibiste}.",
        ),
        Topic.PRICE: (
            "Lamento que el precio no fuera claro ni justo.",
            "{Le|Te} pido disculpas por lo ocurrido con el precio.",
        ),
        Topic.HYGIENE: ("Lamento que no estuviera limpio.", "{Le|Te} pido disculpas por la falta de limpieza."),
        Topic.ORDER: (
            "Lamento que {su|tu} pedido saliera mal.",
            "{Le|Te} pido disculpas por los fallos en {su|tu} pedido.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Lamento mucho que no atendiéramos {su|tu} queja como se merecía.",
            "{Le|Te} pido disculpas por cómo respondimos a {su|tu} queja.",
        ),
        Topic.COMFORT: (
            "Lamento la falta de comodidad.",
            "{Le|Te} pido disculpas por la falta de comodidad.",
        ),
        Topic.INFORMATION: (
            "Lamento que nuestra información llevara a engaño.",
            "{Le|Te} pido disculpas por la información equivocada.",
        ),
        Topic.OTHER: (
            "Lamento que {le|te} hayamos fallado.",
            "{Le|Te} pido disculpas por lo ocurrido.",
        ),
    },
    sorry=(
        "Lo siento mucho.",
        "{Le|Te} pido disculpas por ello.",
        "Lamento de verdad que {le|te} hayamos fallado así.",
        "{Le|Te} ruego que {acepte|aceptes} mis disculpas por ello.",
        "Siento mucho que esto {le|te} ocurriera con nosotros.",
    ),
    ownership={
        Topic.STAFF: (
            "Debimos {tratarle|tratarte} con respeto, pasara lo que pasara.",
            "Cómo se trata aquí a las personas es responsabilidad mía.",
        ),
        Topic.WAITING: (
            "Debimos organizarnos mejor y explicar lo que ocurría.",
            "No teníamos bastantes personas donde hacían falta, y fue error nuestro.",
        ),
        Topic.QUALITY: (
            "Debimos darnos cuenta antes de que llegara a {sus|tus} manos.",
            "No revisamos bien, y fue error nuestro.",
        ),
        Topic.PRICE: (
            "Debimos hablar claro desde el principio.",
            "Debimos explicar mejor qué se estaba pagando.",
        ),
        Topic.HYGIENE: (
            "Debimos verlo nosotros antes que {usted|tú}.",
            "No limpiamos ni revisamos bien, y fue error nuestro.",
        ),
        Topic.ORDER: (
            "Debimos comprobarlo antes de que saliera.",
            "Cometimos un error, y {usted tuvo que cargar|tuviste que cargar} con él.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Debimos escuchar y ocuparnos en el momento.",
            "No supimos escuchar, y con ello empeoramos las cosas.",
        ),
        Topic.COMFORT: (
            "Debimos darnos cuenta y hacer algo.",
            "No cuidamos {su|tu} comodidad, y fue error nuestro.",
        ),
        Topic.INFORMATION: (
            "Debimos ser más claros, y fue error nuestro.",
            "Debimos decir con claridad qué se podía esperar.",
        ),
        Topic.OTHER: ("Debimos hacerlo mejor.", "No estuvimos a la altura, y la responsabilidad es nuestra."),
    },
    owned=(
        "Fue un error nuestro.",
        "No estuvimos a la altura, y asumo la responsabilidad.",
        "La responsabilidad es nuestra.",
        "Debimos hacerlo mejor, y no quiero buscar excusas.",
        "Asumo la responsabilidad.",
    ),
    done={
        StepKind.TALKED: ("Hemos hablado de ello con el equipo.", "Lo hemos comentado con el equipo."),
        StepKind.LOOKED: ("Hemos revisado lo que ocurrió.", "Hemos comprobado lo que ocurrió."),
        StepKind.REPAIRED: ("Hemos reparado lo que estaba averiado.", "Ya hemos reparado la avería."),
        StepKind.CHANGED: (
            "Hemos cambiado la forma de hacerlo.",
            "Hemos cambiado nuestra manera de trabajar en ese punto.",
        ),
        StepKind.BILL: ("Hemos revisado lo que se {le|te} cobró.", "Hemos repasado la cuenta."),
        StepKind.WROTE: ("Además, {le|te} hemos escrito directamente.", "También {le|te} hemos escrito en privado."),
        StepKind.REACHED: (
            "Además, hemos estado en contacto directo {con usted|contigo}.",
            "También hemos estado en contacto {con usted|contigo} en privado.",
        ),
    },
    planned={
        StepKind.TALKED: ("Vamos a hablar de ello con el equipo.",),
        StepKind.LOOKED: ("Estamos revisando lo que ocurrió.",),
        StepKind.REPAIRED: ("La reparación está en nuestra lista.",),
        StepKind.CHANGED: ("Estamos trabajando en la forma de hacerlo.",),
        StepKind.BILL: ("Estamos revisando lo que se {le|te} cobró.",),
        StepKind.REACHED: ("Vamos a contactar directamente {con usted|contigo}.",),
    },
    planned_by={
        StepKind.TALKED: ("A más tardar el {day} hablaremos de ello con el equipo.",),
        StepKind.LOOKED: ("A más tardar el {day} revisaremos lo que ocurrió.",),
        StepKind.REPAIRED: ("A más tardar el {day} nos ocuparemos de la reparación.",),
        StepKind.CHANGED: ("A más tardar el {day} cambiaremos la forma de hacerlo.",),
        StepKind.BILL: ("A más tardar el {day} revisaremos lo que se {le|te} cobró.",),
        StepKind.REACHED: ("A más tardar el {day} contactaremos directamente {con usted|contigo}.",),
    },
    wants=(
        "Me gustaría entender qué falló y buscar {con usted|contigo} la manera de arreglarlo.",
        "Quiero ocuparme de ello en persona, y para eso me gustaría conocer {su|tu} versión.",
        "Me gustaría que me {contara|contaras} el resto y ver cómo podemos repararlo.",
        "Quiero averiguar dónde estuvo el fallo, y {su|tu} punto de vista es el que cuenta.",
        "Me gustaría arreglarlo {con usted|contigo}, de persona a persona.",
    ),
    refund=(
        "También {habla|hablas} de {su|tu} dinero, y eso quiero tratarlo directamente {con usted|contigo} y no en público.",  # noqa: E501
        "Lo que {pide|pides} sobre {su|tu} dinero es razonable, y me gustaría verlo {con usted|contigo} en privado.",
        "Lo que {plantea|planteas} sobre {su|tu} dinero merece una respuesta clara, y quiero darla directamente.",
    ),
    refund_policy=(
        "También {habla|hablas} de {su|tu} dinero; para estos casos tenemos una norma clara, y quiero aplicarla {con usted|contigo} en privado.",  # noqa: E501
        "Para las preguntas sobre el dinero tenemos una norma clara, y me gustaría verla {con usted|contigo} directamente.",  # noqa: E501
    ),
    churn=(
        "Respeto que no {quiera|quieras} volver, y aun así me gustaría arreglarlo.",
        "Comprendo que después de esto no {quiera|quieras} volver.",
        "Comprendo que hemos perdido {su|tu} confianza, y aun así me gustaría escuchar lo que {tenga|tengas} que decirme.",  # noqa: E501
    ),
    routes={
        RouteKind.MAIL: (
            "Por favor, {escriba|escribe} a {address} e {indique|indica} que es para mí, para que me ocupe en persona.",
            "Por favor, {escríbame|escríbeme} a {address}; puedo decidir sobre ello y quiero hacerlo {con usted|contigo}.",  # noqa: E501
            "Me {encontrará|encontrarás} en {address}; {escriba|escribe} allí unas líneas a la atención de {person}.",
        ),
        RouteKind.PHONE: (
            "Por favor, {llámenos|llámanos} al {address} y {pregunte|pregunta} por {person}, para que me ocupe en persona.",  # noqa: E501
            "Por favor, {llame|llama} al {address} y {pregunte|pregunta} por {person}; puedo decidir sobre ello.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Por favor, {envíeme|envíame} un mensaje privado aquí, a la atención de {person}, para que me ocupe en persona.",  # noqa: E501
            "Por favor, {escríbame|escríbeme} por mensaje privado en este sitio; puedo decidir sobre ello.",
        ),
        RouteKind.FORM: (
            "Por favor, {escríbame|escríbeme} por el formulario de contacto de nuestra página, a la atención de {person}.",  # noqa: E501
            "Por favor, {use|usa} nuestro formulario de contacto y {diríjalo|dirígelo} a {person}; puedo decidir sobre ello.",  # noqa: E501
        ),
        RouteKind.DESK: (
            "Por favor, {pregunte|pregunta} por {person} en recepción; conozco el asunto y puedo decidir.",
            "Por favor, {acérquese|acércate} a recepción o {llame|llama} allí y {pregunte|pregunta} por {person}, para que me ocupe en persona.",  # noqa: E501
        ),
        RouteKind.PAGE: (
            "Por favor, {contacte|contacta} con nosotros por la vía que figura aquí y {pregunte|pregunta} por {person}, para que me ocupe en persona.",  # noqa: E501
            "Por favor, {llame|llama} al número que figura aquí y {pregunte|pregunta} por {person}; puedo decidir sobre ello.",  # noqa: E501
        ),
    },
    wordless=(
        "Gracias por dedicar un momento a valorarnos.",
        "Me ha llegado {su|tu} valoración y me gustaría entenderla.",
        "{Sus|Tus} estrellas me dicen que faltó algo.",
        "Pocas estrellas y ninguna palabra: eso me hace querer preguntar.",
        "Veo que nos {dio|diste} pocas estrellas, y me lo tomo en serio.",
        "Gracias por una valoración sincera.",
        "Una valoración así me dice que no estuvimos a la altura de lo esperado.",
        "Me gustaría saber qué hay detrás de {su|tu} valoración.",
        "Hoy he visto {su|tu} valoración, y me importa.",
        "{Su|Tu} valoración me hace pensar, y la agradezco.",
        "Gracias por hacernos saber con {sus|tus} estrellas que algo no estuvo bien.",
    ),
    ask=(
        "Entiendo muy bien {su|tu} decepción, y me gustaría saber qué debimos hacer de otra manera.",
        "Comprendo {su|tu} decepción, y me gustaría que me {contara|contaras} qué faltó.",
        "Entiendo muy bien que fuera una decepción, y me ayudaría saber en qué no estuvimos a la altura.",
    ),
    invite=(
        "Unas líneas de {su|tu} parte nos ayudarían más que cualquier número de estrellas.",
        "Leo en persona este tipo de mensajes, y de quien mira con atención es de quien más aprendo.",
    ),
    preference=(
        "Lo que {dice|dices} sobre {matter} es una observación justa, y me la llevo.",
        "Veo muy bien a qué {se refiere|te refieres} con {matter}.",
        "{Su|Tu} opinión sobre {matter} nos ayuda, porque muestra lo que también otros pueden echar en falta.",
    ),
    understood=(
        "Entiendo que {le|te} habría gustado de otra manera, y sobre gustos siempre vale la pena escuchar.",
        "Comprendo muy bien que {lo imaginaba|lo imaginabas} de otro modo.",
        "Entiendo muy bien que {habría|habrías} preferido otra cosa.",
    ),
    praise=(
        "Gracias, nos ha alegrado el día.",
        "Qué alegría ver esto.",
        "Muchísimas gracias por esto.",
        "Qué detalle que nos lo {haga|hagas} saber.",
        "Hoy nos {ha|has} sacado una sonrisa.",
        "Mil gracias por esta muestra de cariño.",
        "Da gusto ver algo así, gracias.",
        "Nos alegra mucho que la experiencia fuera buena.",
        "Gracias por compartirlo con nosotros y con los demás.",
        "Un gesto así es la mejor manera de empezar la jornada.",
        "Qué amabilidad pensar en nosotros.",
        "Significa mucho para nosotros que {se tomara|te tomaras} un momento para esto.",
    ),
    praise_praised=(
        "Gracias por {sus|tus} palabras sobre {praised}.",
        "Nos alegra lo que {cuenta|cuentas} sobre {praised}.",
        "Qué bonito que {mencione|menciones} {praised}.",
    ),
    praise_more=(
        "Todo el equipo se alegrará al verlo.",
        "Así vemos que el cuidado que ponemos se nota.",
        "Para esto trabajamos cada día.",
        "Para quienes trabajan entre bastidores no hay mejor ánimo.",
        "Es bueno saber que acertamos.",
    ),
    praise_close=(
        "{Le|Te} esperamos cuando {quiera|quieras}.",
        "Aquí {tiene|tienes} siempre las puertas abiertas.",
        "Hasta la próxima, y que todo vaya bien.",
        "Será un placer {recibirle|recibirte} otra vez.",
        "Un saludo muy cordial de todo el equipo.",
    ),
    praised={
        Praised.PEOPLE: "nuestro equipo",
        Praised.FOOD: "la comida",
        Praised.ROOMS: "las habitaciones",
        Praised.PLACE: "el ambiente",
        Praised.CLEANLINESS: "la limpieza",
        Praised.VALUE: "la relación entre calidad y precio",
        Praised.SPEED: "la rapidez",
        Praised.WORK: "nuestro trabajo",
    },
    praised_words={
        Praised.PEOPLE: r"personal|camarer\w+|servicio|equipo|atencion|trato|recepcion\w*|amabl\w+|atent\w+|simpatic\w+",  # noqa: E501
        Praised.FOOD: r"comida|plato\w*|menu|cocina|desayuno|cena|pizza|pasta|postre\w*|cafe|ric[oa]s?|delicios\w+",
        Praised.ROOMS: r"habitacion\w*|cama\w*|suite",
        Praised.PLACE: r"ambiente|ubicacion|vistas?|terraza|jardin|decoracion|acogedor\w*",
        Praised.CLEANLINESS: r"limpi\w+",
        Praised.VALUE: r"precio\w*|economic\w+|relacion calidad",
        Praised.SPEED: r"rapid\w+|puntual\w*",
        Praised.WORK: r"producto\w*|reparacion|tratamiento|corte|aplicacion|app",
    },
    good_words=r"buen\w*|bien|excelente\w*|genial\w*|maravillos\w+|perfect\w+|amabl\w+|atent\w+|simpatic\w+|delicios\w+|ric[oa]s?|mejor\w*|fantastic\w+|encant\w+|estupend\w+|limpi\w+|rapid\w+|acogedor\w*|increible\w*|espectacular\w*|economic\w+|recomend\w+|puntual\w*",
    not_words=r"no|nunca|nada|ni|sin|pero|aunque|mal[oa]?s?|peor|tampoco|lent[oa]s?|suci[oa]s?|fri[oa]s?|caro|cara|decepcion\w*|horrible\w*|lastima|falt\w+|demasiad\w+|podria mejorar",  # noqa: E501
    bitter_words=r"maleducad\w+|groser\w+|lent[oa]s?|suci\w+|peor(?:es)?|ignorad\w+|horrible\w*|asco|asqueros\w+|esper\w+ (?:\w+ ){0,3}horas?|enhorabuena por|estafa\w*|antipatic\w+",  # noqa: E501
    taste_words=r"no es (?:mi|nuestro) (?:estilo|gusto)|para mi gusto|cuestion de gustos?|hubiera preferido|habria preferido|preferiria",  # noqa: E501
    general=(
        "Gracias por escribir.",
        "Gracias por hablar con tanta franqueza.",
        "He leído estas líneas con atención.",
        "Gracias por estas palabras sinceras.",
        "Agradezco cada palabra dicha con franqueza.",
        "Unas palabras así se leen aquí con cuidado.",
        "Gracias por ponerlo en palabras.",
        "Es bueno que estas cosas se digan abiertamente.",
        "Me tomo muy a pecho estas palabras.",
        "Gracias por un relato tan claro.",
        "Aprecio las palabras sinceras como estas.",
    ),
    general_matters={
        Topic.STAFF: "el trato a las personas",
        Topic.WAITING: "los tiempos de espera",
        Topic.QUALITY: "la calidad",
        Topic.PRICE: "el dinero y los precios",
        Topic.HYGIENE: "la limpieza",
        Topic.ORDER: "los pedidos y las citas",
        Topic.COMPLAINT_HANDLING: "las respuestas a las quejas",
        Topic.COMFORT: "la comodidad",
        Topic.INFORMATION: "la información",
        Topic.OTHER: "estas cuestiones",
    },
    general_matter=(
        "Lo que se dice sobre {matter} lo tomamos en serio, y entiendo muy bien lo frustrante que resulta algo así.",
        "Cualquiera sentiría decepción, y los comentarios de este tipo sobre {matter} los tomamos en serio.",
    ),
    general_private=(
        "La protección de los datos nos impide hablar aquí de situaciones particulares.",
        "Por privacidad no podemos decir más en público sobre situaciones particulares.",
    ),
    general_route=(
        "Cualquier persona puede escribir o llamar a {person} {way}; me gustaría hablarlo en privado.",
        "Por favor, {contacte|contacta} con {person} {way}, para que podamos hablarlo en privado.",
    ),
    ways={
        RouteKind.MAIL: "en {address}",
        RouteKind.PHONE: "en el {address}",
        RouteKind.PRIVATE_MESSAGE: "por mensaje privado en este sitio",
        RouteKind.FORM: "por el formulario de contacto de nuestra página",
        RouteKind.DESK: "en recepción",
        RouteKind.PAGE: "en el número que figura aquí",
    },
    holding={
        Grave.HARM: (
            "Siento mucho leer esto. La salud es lo primero, y quiero ocuparme en persona.",
            "Lo que {escribe|escribes} me preocupa, y lo siento mucho. Me ocupo de ello en persona.",
        ),
        Grave.DIGNITY: (
            "Siento mucho leer esto. Aquí toda persona merece respeto, y me ocupo de ello en persona.",
            "Gracias por contárnoslo. Me lo tomo muy en serio y quiero ocuparme en persona.",
        ),
        Grave.PRESSURE: (
            "Gracias por escribir. Lo he leído con atención y quiero ocuparme en persona.",
            "He tomado nota de lo que {escribe|escribes}, y me gustaría hablarlo en persona.",
        ),
        Grave.LIFE: (
            "Gracias por escribir con tanta franqueza. Me gustaría mucho hablar {con usted|contigo} en persona.",
            "Lo que {escribe|escribes} me llega, y me gustaría estar ahí para hablar.",
        ),
    },
    posts={
        Post.OWNER: "en nombre de la propiedad",
        Post.MANAGER: "gerente",
        Post.RESTAURANT: "gerente del restaurante",
        Post.HOTEL: "gerente del hotel",
        Post.SHOP: "gerente de la tienda",
        Post.PRACTICE: "gerente de la consulta",
        Post.GUEST_RELATIONS: "relaciones con los huéspedes",
        Post.CUSTOMER_CARE: "atención al cliente",
    },
)  # fmt: skip
