"""First names that are no words, in the eight languages, and words with a capital that name nobody. Folded."""

from __future__ import annotations

_GIVEN = """
aaron adam adriana agata agnieszka ahmed aisha alain alan alba alberto alejandra alejandro alessandra alessandro
alexander alexandra alfonso alice alicia amanda amelie amina ana andrea andreas andrew andrzej angela angelika anita
anja anke anna anne anneke annette antoine anton antonella antonio arjan arnaud arturo astrid barbara bart bartek
beata beatriz benjamin bernard bernd bianca birgit bjorn bogdan brian brigitte bruno camille carla carlos carmen
carolina caroline caterina catherine cecilia celine charlotte chiara chloe christian christiane christina christine
christoph christopher clara claudia claudio clemens concetta cristiano cristina daan damien daniel daniela danuta
david davide deborah denise diana diego dieter dirk dominik dominique dorota eduardo edward eleanor elena eleonora
elias elisa elisabeth elizabeth elke ella ellen elsa emanuele emily emma enrico eric erika ernesto esther eva evelyn
ewa fabian fabio fatima federica federico felipe felix ferdinand fernando filip filipe filippo fiona florian
francesca francesco francisca francisco francoise frederik gabriela gabriele gaelle geert georg george gerard
gerhard gianluca gianni giorgio giovanni giulia giuseppe gonzalo graham gregor grzegorz guido guillaume gunther
gustavo hannah hans harald hassan heather heike heinrich helen helena helga helmut hendrik henrik herbert holger
hugo ibrahim ignacio ilaria ines inga ingrid irena irene iris isabel isabella isabelle iwona jaap jacek jacqueline
jakob jakub james jana janina janusz jasmin javier jennifer jens jeroen jerzy jessica jesus joana joanna joao
joaquin jochen johan johanna johannes john jolanta jonas jonathan joost jorg jorge jose josef joseph juan juana
julia julian juliana julie juliette julio jurgen justyna kamil karen karin karina karl karolina katarzyna kate
katharina katherine kathleen katrin kees kevin klaus konrad kristina krystyna krzysztof lars laura laurent lea lena
leon leonardo lieke linda lisa lorena lorenzo louise luca lucas lucia luciana lucie luigi luis luisa lukas lukasz
magdalena malgorzata manfred manuel manuela marc marcel marcin marco marcos marek margaret margarita margot maria
mariana marie marieke marina mario marion marissa marta martin martina mateusz matheus mathieu matilde matteo
matthew matthias maurizio max maximilian melanie mercedes michael michal michele michelle miguel mikolaj miriam
mohammed monica monika monique muhammad nadia natalia natalie nathalie nicholas nicola nicolas nicole niels nikolaus
nina nora norbert nuria olaf olga oliver olivia olivier oscar otto pablo paloma paola paolo pascal patricia patrick
patrizia paul paula paulina pauline pawel pedro petra philipp philippe pierre pieter pilar piotr priya rachel rafael
rafal raffaella rahul rainer ralf ramona raquel rebecca regina reinhard renata renate riccardo richard rita robert
roberta roberto rocio rodrigo roland ronald rosa rosanna ruben rudolf ruth ryszard sabine sabrina salvatore samantha
samuel sandra sara sarah sascha sebastian serena sergio silke silvia simon simone sofia sonia sophie stefan stefania
stefanie stefano stephanie stephen susan susanna susanne sven svenja sylvia sylwia tamara tanja tatiana teresa
theresa thomas thorsten tiago tobias tomas tomasz ulrich ulrike ursula urszula uwe valentina valeria vanessa vera
veronica veronika victor victoria vincent vincenzo virginie wilhelm willem wojciech wolfgang xavier yannick yasmin
yolanda yusuf yvonne zbigniew zofia zuzanna
"""
_COMMON = """
a american an and android anonimo anonymous april august booking british christmas client cliente customer das de
december der die dr dutch easter el english european facebook february french friday gast german god google gosc
guest guide halloween happy i i'm i've ihnen ihr il internet iphone italian january july june klant klient kunde
kundin la le lei local loro march may monday mr mrs ms november nutzer october of ok ospite our pan pani pania
panstwo panu patient polish portuguese reviewer saturday september sie spanish sunday the thursday traveler
traveller tripadvisor trustpilot tuesday tv u unhappy user usted ustedes usuario utente utilisateur utilizador uw
van visitor von vous we we'll we've wednesday wifi yelp you
"""
GIVEN_NAMES = frozenset(_GIVEN.split())
COMMON_WORDS = frozenset(_COMMON.split())
