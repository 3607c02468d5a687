"""Portuguese, in the third person without pronoun; the second of two ways to say a thing is that of Brazil."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="pt",
    conjunction=" e ",
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ),
    day="{n} de {month}",
    capitals=frozenset(),
    greetings=("Olá, {name}.", "Bom dia, {name}."),
    plain_greetings=(),
    openings=(
        "Agradecemos que nos tenha contado com tanta clareza como tudo se passou.",
        "Agradecemos o tempo que dedicou a esta mensagem.",
        "Ainda bem que nos disse isto, em vez de simplesmente ir embora.",
        "Li as suas palavras com atenção, e mais de uma vez.",
        "Agradecemos a franqueza com que nos fala.",
        "Fez bem em nos dizer isto, e agradeço.",
        "Não é fácil ler o seu relato, e por isso mesmo o agradeço.",
        "O seu relato permite ver o que se passou, e eu agradeço.",
        "Agradeço a sinceridade do seu testemunho.",
        "As suas palavras chegaram hoje até mim, e quero responder em pessoa.",
        "Agradecemos que não tenha guardado isto para si.",
        "É importante para nós saber disto, e agradeço que o tenha escrito.",
    ),
    openings_matter=(
        "Agradecemos que nos tenha escrito sobre {matter}.",
        "Li com atenção o que escreve sobre {matter}.",
        "Agradeço as palavras francas sobre {matter}.",
        "É útil para nós que tenha falado com tanta clareza sobre {matter}.",
        "Agradecemos que tenha mencionado {matter}.",
    ),
    mixed=(
        "Agradecemos que diga o que esteve bem e que fale com a mesma franqueza sobre {matter}.",
        "Agradecemos uma opinião tão justa, que reconhece o que é bom e aponta também {matter}.",
        "Agradeço as palavras amáveis, e não menos o que conta sobre {matter}.",
    ),
    mixed_praised=(
        "É bom saber que gostou do que encontrou, em especial {praised}, e agradeço que fale também sobre {matter}.",
        "Agradecemos as palavras sobre {praised}, e a mesma franqueza sobre {matter}.",
        "É agradável ler o que diz sobre {praised}, e útil ler o que conta sobre {matter}.",
    ),
    matters={
        Topic.STAFF: "o atendimento que recebeu",
        Topic.WAITING: "a longa espera",
        Topic.QUALITY: "a qualidade",
        Topic.PRICE: "o preço",
        Topic.HYGIENE: "a limpeza",
        Topic.ORDER: "o seu pedido",
        Topic.COMPLAINT_HANDLING: "a resposta à sua reclamação",
        Topic.COMFORT: "a falta de conforto",
        Topic.INFORMATION: "as informações que demos",
        Topic.OTHER: "o que aconteceu",
    },
    complaints={
        Topic.STAFF: (
            "O tom com que lhe falaram não é aceitável.",
            "Encontrou antipatia onde devia ter encontrado ajuda no atendimento.",
            "Não recebeu o respeito que qualquer pessoa pode esperar de nós.",
            "Um tom tão antipático não tem lugar no nosso atendimento.",
        ),
        Topic.WAITING: (
            "Esperou muito mais do que alguém deveria esperar.",
            "A espera {que lhe causámos|que lhe causamos} foi longa demais.",
            "A espera foi demasiado longa e {tirou-lhe|lhe tirou} tempo precioso.",
            "Uma espera como a que descreve estraga todo o resto.",
        ),
        Topic.QUALITY: (
            "O que recebeu de nós não tinha a qualidade devida.",
            "Esperava boa qualidade e encontrou algo muito abaixo disso.",
            "A qualidade ficou muito aquém do que tinha pago.",
            "Nada com essa qualidade devia ter saído das nossas mãos.",
        ),
        Topic.PRICE: (
            "O preço que pagou não tinha proporção com o que recebeu.",
            "O preço pedido ultrapassava o que tinha razões para esperar.",
            "Pagou um preço a que o serviço não correspondeu.",
            "Não ficou bastante claro a que correspondia esse preço.",
        ),
        Topic.HYGIENE: (
            "A limpeza é o mínimo que se pode esperar, e não a encontrou.",
            "Encontrou sujo o que devia estar limpo.",
            "O que viu não estava limpo, e devia estar.",
            "Ninguém quer encontrar {sujidade|sujeira} onde espera cuidado.",
        ),
        Topic.ORDER: (
            "O seu pedido não foi tratado como devia.",
            "Confiou em nós com o seu pedido, e {falhámos|falhamos}.",
            "Algo falhou com o seu pedido, e o {incómodo|incômodo} foi seu.",
            "Um pedido deve chegar completo, certo e no prazo, e o seu não chegou assim.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Apresentou um problema e a sua reclamação não teve uma resposta adequada.",
            "Falou de um problema, e não soubemos ouvir.",
            "Avisou que algo não estava bem, e a nossa resposta piorou tudo.",
            "A sua reclamação merecia ser ouvida, e não foi.",
        ),
        Topic.COMFORT: (
            "O conforto é o mínimo que devemos oferecer, e faltou.",
            "O espaço que lhe oferecemos não era bastante confortável.",
            "O que devia ser confortável não foi.",
            "Faltou o conforto com que contava.",
        ),
        Topic.INFORMATION: (
            "As nossas informações e o que encontrou não coincidiam.",
            "Confiou nas nossas informações, e a realidade foi outra.",
            "As nossas informações faziam esperar outra coisa.",
            "As informações que tinha lido de nós induziam em erro.",
        ),
        Topic.OTHER: (
            "O que descreve não devia ter acontecido.",
            "Esperava melhor de nós, e com razão.",
            "Não é a experiência que devia ter tido {connosco|conosco}.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Comida que chega fria à mesa decepciona desde a primeira garfada.",
            "A sua comida chegou fria, e devia estar quente.",
        ),
        Detail.BROKEN: (
            "Recebeu algo que não funcionava, e isso não devia acontecer.",
            "Algo com que contava estava {avariado|quebrado}.",
        ),
        Detail.BILL: (
            "A cobrança não se entende, e uma conta deve estar certa.",
            "Uma conta que não está certa custa confiança, e assim foi com a sua.",
        ),
        Detail.LATE_DELIVERY: (
            "O seu pedido foi entregue muito depois do prazo.",
            "Contava com uma entrega no prazo, e ela não chegou quando devia.",
        ),
        Detail.WRONG_ITEM: (
            "O seu pedido e o que recebeu não eram a mesma coisa.",
            "Recebeu algo diferente do que tinha pedido.",
        ),
        Detail.BOOKING: (
            "A sua reserva não foi respeitada.",
            "Uma reserva é um compromisso, e não cumprimos o nosso.",
        ),
        Detail.NO_ANSWER: (
            "Tentou falar com a nossa {equipa|equipe} e não teve resposta.",
            "Pediu uma resposta, e não chegou nenhuma.",
        ),
        Detail.NOISE: (
            "O barulho {tirou-lhe|lhe tirou} o descanso que esperava.",
            "Havia barulho demais para descansar ou conversar.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:comida|prato|sopa|carne|pizza|massa|batatas|cafe|jantar)\W+(?:\w+\W+){0,3}(?:fri[oa]s?|morn[oa]s?)",  # noqa: E501
        Detail.BROKEN: r"trava\w*|fecha sozinh\w+|avariad\w+|estragad\w+|quebrad\w+|nao funcion\w+|defeituos\w+|com defeito",  # noqa: E501
        Detail.BILL: r"cobr\w+ (?:\w+ ){0,3}(?:duas vezes|a dobrar|a mais|em dobro)|conta (?:\w+ ){0,2}(?:errada|mal)",
        Detail.LATE_DELIVERY: r"(?:entrega|pedido|encomenda) (?:\w+ ){0,4}(?:atras\w+|tarde)|nunca chegou|chegou (?:\w+ ){0,3}(?:tarde|atras\w+)",  # noqa: E501
        Detail.WRONG_ITEM: r"(?:pedido|produto|prato|artigo|tamanho) (?:errad|trocad)\w+|nao (?:era|foi) o que (?:pedi|pedimos|tinha pedido|tinhamos pedido)",  # noqa: E501
        Detail.BOOKING: r"(?:perderam|cancelaram|anularam|esqueceram) (?:a )?(?:nossa|minha) reserva|reserva (?:\w+ ){0,3}(?:perdida|cancelada|nao (?:existia|constava))|overbooking",  # noqa: E501
        Detail.NO_ANSWER: r"(?:nenhuma|sem|qualquer) resposta|ninguem (?:respond|atend|ligou)\w*|nunca (?:respond|ligar)\w+|nao (?:respond|atend)\w+",  # noqa: E501
        Detail.NOISE: r"barulh\w+|ruido\w*|(?:impossivel|nao (?:consegui|conseguimos)) dormir",
    },
    also=(
        "Li também o que diz sobre {matter}, e isso faz parte da mesma resposta.",
        "Menciona ainda {matter}, e não quero passar por cima disso.",
        "O que escreve sobre {matter} levo igualmente a sério.",
    ),
    feelings={
        Feeling.ANGER: (
            "Compreendo perfeitamente a sua irritação.",
            "Compreendo que tinha todas as razões para {se zangar|se irritar}.",
            "No seu lugar, qualquer pessoa ficaria com raiva.",
            "A sua indignação é inteiramente compreensível.",
        ),
        Feeling.DISAPPOINTMENT: (
            "Compreendo muito bem a sua {desilusão|decepção}.",
            "No seu lugar, eu teria sentido o mesmo.",
            "Compreendo como deve ter sido frustrante.",
            "Esperava algo melhor, e isso torna tudo ainda mais frustrante.",
        ),
        Feeling.SLIGHTED: (
            "Compreendo muito bem a sensação de que ninguém levou o assunto a sério.",
            "Um tratamento assim magoa, e compreendo a sua mágoa.",
            "Compreendo como é frustrante quando ninguém ouve.",
        ),
        Feeling.WORRY: (
            "Compreendo muito bem a sua preocupação.",
            "Deve ter sido inquietante.",
            "Compreendo o receio que isto trouxe.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "Lamento o tom com que lhe falaram.",
            "Peço desculpa pelo atendimento que recebeu.",
        ),
        Topic.WAITING: ("Lamento muito a longa espera que {causámos|causamos}.", "Peço desculpa pela longa espera."),
        Topic.QUALITY: ("Lamento que a qualidade não tenha sido boa.", "Peço desculpa pela fraca qualidade do que recebeu."),  # noqa: E501
        Topic.PRICE: ("Lamento que o preço não tenha sido claro nem justo.", "Peço desculpa pelo que aconteceu com o preço."),  # noqa: E501
        Topic.HYGIENE: ("Lamento que não estivesse limpo.", "Peço desculpa pela falta de limpeza."),
        Topic.ORDER: ("Lamento que o seu pedido tenha dado errado.", "Peço desculpa pelas falhas no seu pedido."),
        Topic.COMPLAINT_HANDLING: (
            "Lamento que não tenhamos tratado da sua reclamação.",
            "Peço desculpa pela forma como respondemos à sua reclamação.",
        ),
        Topic.COMFORT: ("Lamento a falta de conforto.", "Peço desculpa pela falta de conforto."),
        Topic.INFORMATION: (
            "Lamento que as nossas informações tenham induzido em erro.",
            "Peço desculpa pelas informações erradas.",
        ),
        Topic.OTHER: ("Lamento que tenhamos falhado.", "Peço desculpa pelo que aconteceu."),
    },
    sorry=(
        "Lamento muito.",
        "Peço sinceramente desculpa por isto.",
        "Lamento de verdade que isto tenha acontecido aqui.",
        "Peço que aceite as minhas desculpas por isto.",
        "Por tudo isto, peço desculpa.",
    ),
    ownership={
        Topic.STAFF: (
            "Devíamos ter mostrado respeito, acontecesse o que acontecesse.",
            "A forma como aqui se tratam as pessoas é da minha responsabilidade.",
        ),
        Topic.WAITING: (
            "Devíamos ter organizado melhor o trabalho e explicado o que se passava.",
            "Não tínhamos pessoas suficientes onde eram precisas, e o erro foi nosso.",
        ),
        Topic.QUALITY: (
            "Devíamos ter reparado nisso a tempo.",
            "Não {verificámos|verificamos} bem, e o erro foi nosso.",
        ),
        Topic.PRICE: (
            "Devíamos ter sido claros desde o início.",
            "Devíamos ter explicado melhor o que {estava a pagar|estava pagando}.",
        ),
        Topic.HYGIENE: (
            "Devíamos ter visto isso primeiro.",
            "A limpeza e a verificação falharam, e o erro foi nosso.",
        ),
        Topic.ORDER: (
            "Devíamos ter verificado tudo antes da entrega.",
            "Cometemos um erro, e o peso dele não devia ter sido seu.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "Devíamos ter ouvido e agido logo.",
            "Não soubemos ouvir, e com isso {piorámos|pioramos} as coisas.",
        ),
        Topic.COMFORT: (
            "Devíamos ter reparado e feito alguma coisa.",
            "Não {cuidámos|cuidamos} do seu conforto, e o erro foi nosso.",
        ),
        Topic.INFORMATION: (
            "Devíamos ter sido mais claros, e o erro foi nosso.",
            "Devíamos ter dito com clareza o que podia esperar.",
        ),
        Topic.OTHER: ("Devíamos ter feito melhor.", "Não estivemos à altura, e a responsabilidade é nossa."),
    },
    owned=(
        "O erro foi nosso.",
        "Não estivemos à altura, e assumo a responsabilidade.",
        "A responsabilidade é nossa e de mais ninguém.",
        "Devíamos ter feito melhor, e não quero justificar isto.",
        "Assumo a responsabilidade.",
    ),
    done={
        StepKind.TALKED: (
            "{Falámos|Falamos} sobre isto com a {equipa|equipe}.",
            "Já {conversámos|conversamos} sobre isto com a {equipa|equipe}.",
        ),
        StepKind.LOOKED: ("{Verificámos|Verificamos} o que aconteceu.", "Já {analisámos|analisamos} o que aconteceu."),
        StepKind.REPAIRED: (
            "{Reparámos o que estava avariado|Consertamos o que estava quebrado}.",
            "{A avaria está reparada: tratámos disso|O defeito está consertado: cuidamos disso}.",
        ),
        StepKind.CHANGED: (
            "{Mudámos|Mudamos} a nossa forma de trabalhar.",
            "{Mudámos|Mudamos} a organização neste ponto.",
        ),
        StepKind.BILL: ("{Verificámos|Verificamos} o que foi cobrado.", "Já {verificámos|verificamos} a conta."),
        StepKind.WROTE: ("Também {lhe escrevemos|escrevemos} diretamente.", "Escrevemos também em privado."),
        StepKind.REACHED: (
            "Também estivemos em {contacto|contato} direto {consigo|com você}.",
            "Além disso, estivemos em {contacto consigo|contato com você} em privado.",
        ),
    },
    planned={
        StepKind.TALKED: ("Vamos falar sobre isto com a {equipa|equipe}.",),
        StepKind.LOOKED: ("{Estamos a verificar|Estamos verificando} o que aconteceu.",),
        StepKind.REPAIRED: ("{A reparação|O conserto} está na nossa lista.",),
        StepKind.CHANGED: ("{Estamos a trabalhar|Estamos trabalhando} na nossa forma de fazer.",),
        StepKind.BILL: ("{Estamos a verificar|Estamos verificando} o que foi cobrado.",),
        StepKind.REACHED: ("Vamos entrar em {contacto|contato} direto {consigo|com você}.",),
    },
    planned_by={
        StepKind.TALKED: ("Até {day} vamos falar sobre isto com a {equipa|equipe}.",),
        StepKind.LOOKED: ("Até {day} vamos verificar o que aconteceu.",),
        StepKind.REPAIRED: ("Até {day} vamos {tratar da reparação|cuidar do conserto}.",),
        StepKind.CHANGED: ("Até {day} vamos mudar a nossa forma de trabalhar.",),
        StepKind.BILL: ("Até {day} vamos verificar o que foi cobrado.",),
        StepKind.REACHED: ("Até {day} vamos entrar em {contacto|contato} direto {consigo|com você}.",),
    },
    wants=(
        "Gostaria de entender o que falhou e de procurar em conjunto uma forma de reparar.",
        "Quero tratar disto em pessoa, e para isso gostaria de ouvir a sua versão.",
        "Gostaria que me contasse o resto e de ver como podemos reparar isto.",
        "Quero descobrir onde {falhámos|falhamos}, e o seu olhar é o que conta.",
        "Gostaria de resolver isto de pessoa para pessoa.",
    ),
    refund=(
        "Fala também no seu dinheiro, e quero tratar disso diretamente e não em público.",
        "O que pede sobre o seu dinheiro é legítimo, e gostaria de falar disso em privado.",
        "O seu pedido sobre o dinheiro merece uma resposta clara, e quero dá-la diretamente.",
    ),
    refund_policy=(
        "Fala também no seu dinheiro; para estes casos temos uma regra clara, e quero aplicá-la em privado.",
        "Para perguntas sobre dinheiro temos uma regra clara, e gostaria de falar dela diretamente.",
    ),
    churn=(
        "Respeito a sua decisão de nos deixar, e ainda assim gostaria de reparar isto.",
        "Compreendo que depois disto prefira outro lugar.",
        "Compreendo que perdemos a sua confiança, e ainda assim gostaria de ouvir o que tem a dizer.",
    ),
    routes={
        RouteKind.MAIL: (
            "Por favor, escreva para {address} ao cuidado de {person}, para que eu trate disto em pessoa.",
            "Por favor, escreva para mim em {address}; posso decidir e gostaria de fazer isso em conjunto.",
            "O meu endereço é {address}; escreva para lá algumas linhas ao cuidado de {person}.",
        ),
        RouteKind.PHONE: (
            "Por favor, ligue para {address} e pergunte por {person}, para que eu trate disto em pessoa.",
            "Por favor, telefone para {address} e peça para falar com {person}; posso decidir.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Por favor, envie aqui uma mensagem privada ao cuidado de {person}, para que eu trate disto em pessoa.",
            "Por favor, escreva uma mensagem privada neste site, ao cuidado de {person}; posso decidir.",
        ),
        RouteKind.FORM: (
            "Por favor, escreva pelo formulário de {contacto|contato} do nosso site, ao cuidado de {person}, para que eu trate disto.",  # noqa: E501
            "Por favor, use o nosso formulário de {contacto|contato}, ao cuidado de {person}; posso decidir.",
        ),
        RouteKind.DESK: (
            "Por favor, pergunte por {person} na {receção|recepção}; conheço o assunto e posso decidir.",
            "Por favor, passe pela {receção|recepção} ou ligue para lá e pergunte por {person}, para que eu trate disto em pessoa.",  # noqa: E501
        ),
        RouteKind.PAGE: (
            "Por favor, fale {connosco|conosco} pela via indicada nesta página e pergunte por {person}, para que eu trate disto em pessoa.",  # noqa: E501
            "Por favor, ligue para o número indicado nesta página e pergunte por {person}; posso decidir.",
        ),
    },
    wordless=(
        "Agradecemos que tenha dedicado um momento a esta avaliação.",
        "A sua avaliação chegou até mim, e gostaria de entender.",
        "As suas estrelas mostram que faltou algo.",
        "Poucas estrelas e nenhuma palavra: dá vontade de perguntar.",
        "Vejo que nos deu poucas estrelas, e levo isso a sério.",
        "Agradecemos uma avaliação sincera.",
        "Uma avaliação assim mostra que não correspondemos ao que esperava.",
        "Gostaria de saber o que está por trás da sua avaliação.",
        "Vi hoje a sua avaliação, e ela é importante para mim.",
        "A sua avaliação faz pensar, e eu agradeço.",
        "Agradecemos que nos diga com as estrelas que algo não esteve bem.",
    ),
    ask=(
        "Imagino a sua {desilusão|decepção}, e gostaria de saber o que devíamos ter feito de outra forma.",
        "Com certeza esperava mais, e gostaria que me contasse o que faltou.",
        "Compreendo a sua {desilusão|decepção}, e ajudaria saber onde não estivemos à altura.",
    ),
    invite=(
        "Algumas linhas suas seriam mais úteis para nós do que qualquer número de estrelas.",
        "Leio pessoalmente este tipo de mensagens, e é com quem olha com atenção que mais aprendo.",
    ),
    preference=(
        "O que diz sobre {matter} é uma observação justa, e fica {registada|registrada}.",
        "Vejo bem o que quer dizer sobre {matter}.",
        "A sua opinião sobre {matter} é útil, porque mostra o que também pode faltar a outros.",
    ),
    understood=(
        "Compreendo que teria gostado de outra forma, e sobre gostos vale sempre a pena ouvir.",
        "Compreendo muito bem que tinha imaginado tudo de outra maneira.",
        "É fácil entender que teria preferido outra coisa.",
    ),
    praise=(
        "Que bom, isto alegrou o nosso dia.",
        "Que prazer ver isto.",
        "Agradecemos de coração.",
        "Que gentileza nos dizer isto.",
        "Hoje {pôs-nos|nos pôs} um sorriso no rosto.",
        "{Um enorme bem-haja|Um enorme agradecimento} por este sinal de simpatia.",
        "Dá gosto ver isto, e agradecemos.",
        "Ficamos felizes por saber que tudo esteve a seu gosto.",
        "Agradecemos que {partilhe|compartilhe} isto com todos.",
        "Um gesto assim é a melhor forma de começar o dia de trabalho.",
        "Que simpático ter pensado em nós.",
        "Significa muito para nós que tenha dedicado um momento a isto.",
    ),
    praise_praised=(
        "Agradecemos as palavras sobre {praised}.",
        "O que diz sobre {praised} {deixa-nos|nos deixa} muito felizes.",
        "Que bom que mencione {praised}.",
    ),
    praise_more=(
        "Toda a {equipa|equipe} ficará feliz ao ver isto.",
        "Assim vemos que o cuidado que pomos no trabalho se nota.",
        "É para isto que trabalhamos todos os dias.",
        "Para quem trabalha nos bastidores não há melhor incentivo.",
        "É bom saber que {acertámos|acertamos}.",
    ),
    praise_close=(
        "Até breve, com muito gosto.",
        "A nossa porta está sempre aberta.",
        "{Até à próxima|Até a próxima}, e tudo de bom.",
        "Será um prazer voltar a receber a sua visita.",
        "Um abraço de toda a {equipa|equipe}.",
    ),
    praised={
        Praised.PEOPLE: "a nossa {equipa|equipe}",
        Praised.FOOD: "a comida",
        Praised.ROOMS: "os quartos",
        Praised.PLACE: "o ambiente",
        Praised.CLEANLINESS: "a limpeza",
        Praised.VALUE: "a relação entre qualidade e preço",
        Praised.SPEED: "a rapidez",
        Praised.WORK: "o nosso trabalho",
    },
    praised_words={
        Praised.PEOPLE: r"pessoal|empregad\w+|funcionari\w+|servico|equipa|equipe|atendimento|rececao|recepcao|simpatic\w+|atencios\w+|amave\w+",  # noqa: E501
        Praised.FOOD: r"comida|prato\w*|menu|cozinha|pequeno-almoco|cafe da manha|jantar|pizza|massa|sobremesa\w*|cafe|delicios\w+|saboros\w+",  # noqa: E501
        Praised.ROOMS: r"quartos?|camas?|suite",
        Praised.PLACE: r"ambiente|localizacao|vista|esplanada|terraco|jardim|decoracao|acolhedor\w*",
        Praised.CLEANLINESS: r"limp\w+",
        Praised.VALUE: r"preco\w*|relacao qualidade|acessive\w+",
        Praised.SPEED: r"rapid\w+|pontua\w+",
        Praised.WORK: r"produto\w*|reparacao|conserto|tratamento|corte|aplicacao|app|aplicativo",
    },
    good_words=r"bo[am]s?|bons|bem|excelente\w*|otim\w+|maravilhos\w+|perfeit\w+|simpatic\w+|atencios\w+|amave\w+|delicios\w+|saboros\w+|melhor\w*|fantastic\w+|ador\w+|limp\w+|rapid\w+|acolhedor\w*|incrive\w+|recomend\w+|lind\w+|top|acessive\w+|pontua\w+",
    not_words=r"nao|nunca|nada|sem|mas|porem|embora|infelizmente|ma|mau|maus|mas|pior\w*|lent\w+|suj\w+|fri[oa]s?|car[oa]s?|desilu\w+|decepcion\w+|horrive\w+|pena|falt\w+|demais|demasiad\w+|menos|podia",
    bitter_words=r"mal[- ]?educad\w+|grosseir\w+|antipatic\w+|lent[oa]s?|suj\w+|pior(?:es)?|horrive\w+|nojent\w+|nojo|esper\w+ (?:\w+ ){0,3}horas?|parabens pela (?:demora|espera)|burla",  # noqa: E501
    taste_words=r"nao (?:e|era|faz) (?:o )?(?:meu|nosso) (?:estilo|gosto|genero)|para o meu gosto|questao de gosto|teria preferido|preferia",  # noqa: E501
    general=(
        "Agradecemos a mensagem.",
        "Agradecemos que fale com tanta franqueza.",
        "Li estas linhas com atenção.",
        "Agradecemos estas palavras sinceras.",
        "Agradeço cada palavra dita com franqueza.",
        "Palavras assim são lidas aqui com cuidado.",
        "Agradecemos que tenha posto isto em palavras.",
        "É bom que estas coisas se digam abertamente.",
        "Levo estas palavras muito a sério.",
        "Agradecemos um relato tão claro.",
        "Aprecio palavras francas como estas.",
    ),
    general_matters={
        Topic.STAFF: "o atendimento",
        Topic.WAITING: "os tempos de espera",
        Topic.QUALITY: "a qualidade",
        Topic.PRICE: "o dinheiro e os preços",
        Topic.HYGIENE: "a limpeza",
        Topic.ORDER: "os pedidos e as marcações",
        Topic.COMPLAINT_HANDLING: "as respostas a reclamações",
        Topic.COMFORT: "o conforto",
        Topic.INFORMATION: "as informações",
        Topic.OTHER: "estes assuntos",
    },
    general_matter=(
        "Levamos a sério o que se diz sobre {matter}, e compreendo como uma coisa assim é frustrante.",
        "Qualquer pessoa sentiria {desilusão|decepção}, e levamos a sério os comentários deste tipo sobre {matter}.",
    ),
    general_private=(
        "A proteção da privacidade não nos permite falar aqui de situações particulares.",
        "Por respeito à privacidade, não podemos dizer mais em público sobre situações particulares.",
    ),
    general_route=(
        "Qualquer pessoa pode falar com {person} {way}; gostaria de conversar sobre isto em privado.",
        "Por favor, entre em {contacto|contato} com {person} {way}, para conversarmos em privado.",
    ),
    ways={
        RouteKind.MAIL: "em {address}",
        RouteKind.PHONE: "pelo {address}",
        RouteKind.PRIVATE_MESSAGE: "por mensagem privada neste site",
        RouteKind.FORM: "pelo formulário do nosso site",
        RouteKind.DESK: "na {receção|recepção}",
        RouteKind.PAGE: "pelo número indicado nesta página",
    },
    holding={
        Grave.HARM: (
            "Lamento muito ler isto. A saúde está em primeiro lugar, e quero tratar disto em pessoa.",
            "O que escreve {preocupa-me|me preocupa}, e lamento muito. Trato disto em pessoa.",
        ),
        Grave.DIGNITY: (
            "Lamento muito ler isto. Aqui todas as pessoas merecem respeito, e trato disto em pessoa.",
            "Agradecemos que nos diga isto. Levo o assunto muito a sério e quero tratar dele em pessoa.",
        ),
        Grave.PRESSURE: (
            "Agradecemos a mensagem. Li tudo com atenção e quero tratar disto em pessoa.",
            "Tomei nota do que escreve, e gostaria de falar sobre isto em pessoa.",
        ),
        Grave.LIFE: (
            "Agradeço que escreva com tanta franqueza. Gostaria muito de conversar em pessoa.",
            "O que escreve {toca-me|me toca}, e gostaria de estar aqui para conversar.",
        ),
    },
    posts={
        Post.OWNER: "em nome da casa",
        Post.MANAGER: "gerente",
        Post.RESTAURANT: "gerente do restaurante",
        Post.HOTEL: "gerente do hotel",
        Post.SHOP: "gerente da loja",
        Post.PRACTICE: "gerente da clínica",
        Post.GUEST_RELATIONS: "relações com hóspedes",
        Post.CUSTOMER_CARE: "apoio ao cliente",
    },
)  # fmt: skip
