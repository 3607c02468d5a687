"""English, British spelling."""

from __future__ import annotations

from ...types import Topic
from ..bank import Bank, Detail, Feeling, Grave, Post, Praised, RouteKind, StepKind

BANK = Bank(
    language="en",
    conjunction=" and ",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    day="{n} {month}",
    capitals=frozenset({"I"}),
    greetings=("{name},", "Hello {name},", "Dear {name},"),
    plain_greetings=(),
    openings=(
        "Thank you for telling us so plainly how it went.",
        "Thank you for taking the time to write this down.",
        "I appreciate that you put this into words instead of just walking away.",
        "I have read your words carefully, and more than once.",
        "It was right to tell us about this, and I am grateful that you did.",
        "Thank you for being so frank with us.",
        "I am glad that you told us, even though it is not easy to read.",
        "Thank you for describing it in such a way that I can see what you saw.",
        "I am grateful for an honest account, and this is one.",
        "Your words reached me today, and I would like to answer them in person.",
        "Thank you for not keeping this to yourself.",
        "Thank you for writing to us so clearly about it.",
    ),
    openings_matter=(
        "Thank you for telling us about {matter}.",
        "I am grateful that you wrote to us about {matter}.",
        "Thank you for being open about {matter}.",
        "I have read closely what you say about {matter}.",
        "It helps us that you wrote about {matter} so clearly.",
        "Thank you for bringing up {matter}.",
    ),
    mixed=(
        "Thank you for saying what was good, and for being just as open about {matter}.",
        "Thank you for a fair account that names the good and also {matter}.",
        "I am grateful for your kind words, and no less for what you say about {matter}.",
    ),
    mixed_praised=(
        "I am glad that you liked {praised}, and grateful that you also told us about {matter}.",
        "Thank you for your kind words about {praised}, and for being just as open about {matter}.",
        "It is good to read what you say about {praised}, and useful to read what you say about {matter}.",
    ),
    matters={
        Topic.STAFF: "the way you were treated",
        Topic.WAITING: "the long wait",
        Topic.QUALITY: "the quality",
        Topic.PRICE: "the price",
        Topic.HYGIENE: "the cleanliness",
        Topic.ORDER: "your order",
        Topic.COMPLAINT_HANDLING: "the answer you got when you complained",
        Topic.COMFORT: "the lack of comfort",
        Topic.INFORMATION: "the information we gave you",
        Topic.OTHER: "what happened",
    },
    complaints={
        Topic.STAFF: (
            "The way you were spoken to was not acceptable.",
            "You were met with an unfriendly tone where you should have found help.",
            "You were not treated with the respect that everyone can expect from us.",
            "The rude tone you met with has no place in our service.",
        ),
        Topic.WAITING: (
            "You waited far longer than anyone should have to.",
            "We made you wait much too long.",
            "It took us far too long to look after you, and the wait cost you valuable time.",
            "A wait like that takes the pleasure out of everything else.",
        ),
        Topic.QUALITY: (
            "The quality of what you got from us was not good enough.",
            "You expected good quality and got something well below it.",
            "The quality fell well short of what you had every right to expect.",
            "Nothing of that quality should have left our hands.",
        ),
        Topic.PRICE: (
            "The price you paid and what you got for it were out of proportion.",
            "What you were asked to pay was more than you had reason to expect.",
            "You paid a price that was not matched by what you got.",
            "It was not clear enough to you what the price was made up of.",
        ),
        Topic.HYGIENE: (
            "Cleanliness is the least you can expect, and you did not find it with us.",
            "You found things dirty that should have been clean.",
            "What you saw was not clean, and it should have been.",
            "Nobody wants to find dirt where they expect care.",
        ),
        Topic.ORDER: (
            "Your order did not go the way it should have.",
            "You trusted us with your order, and it went wrong.",
            "Something went wrong with your order, and you were left with the trouble.",
            "An order has to arrive complete, correct and on time, and yours did not.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "You raised a problem and did not get a proper answer to your complaint.",
            "You told us about a problem, and we did not listen as we should have.",
            "You told us that something was wrong, and our answer made it worse.",
            "Your complaint deserved to be heard, and it was not.",
        ),
        Topic.COMFORT: (
            "You could not feel comfortable with us, and that is the least we owe you.",
            "The surroundings we offered you were not comfortable enough.",
            "What should have been comfortable was not.",
            "The comfort you were counting on was missing.",
        ),
        Topic.INFORMATION: (
            "What we told you beforehand and what you found did not match.",
            "You relied on our information, and it turned out to be different.",
            "Our information led you to expect something else.",
            "What you had read from us was misleading.",
        ),
        Topic.OTHER: (
            "What you describe should not have happened.",
            "You expected something better from us, and rightly so.",
            "That is not how things should go with us.",
        ),
    },
    details={
        Detail.COLD_FOOD: (
            "Food that reaches the table cold is a disappointment from the first bite.",
            "Your food came out cold, and it should have been hot.",
        ),
        Detail.BROKEN: (
            "You got something that was faulty, and that must not happen.",
            "Something you were counting on was broken.",
        ),
        Detail.BILL: (
            "You were charged in a way that you could not follow, and a bill has to be right.",
            "A bill that is not right costs trust, and yours did.",
        ),
        Detail.LATE_DELIVERY: (
            "Your order reached you much too late.",
            "You counted on a delivery on time, and it did not come when it should have.",
        ),
        Detail.WRONG_ITEM: (
            "What you had asked for and what arrived were not the same thing.",
            "The wrong item reached you.",
        ),
        Detail.BOOKING: (
            "You could not rely on your booking with us.",
            "A booking is a promise, and we did not keep yours.",
        ),
        Detail.NO_ANSWER: (
            "You tried to reach us and got no answer.",
            "You asked for an answer, and none came.",
        ),
        Detail.NOISE: (
            "The noise kept you from the rest you had been looking forward to.",
            "It was far too loud for you to feel comfortable.",
        ),
    },
    detail_words={
        Detail.COLD_FOOD: r"(?:food|meal|soup|steak|dish|plates?|pasta|pizza|fries|chips|mains?|coffee)\W+(?:\w+\W+){0,3}(?:stone |ice )?cold|cold (?:food|meal|soup|steak|dish|pasta|pizza|fries|chips|coffee)|lukewarm",  # noqa: E501
        Detail.BROKEN: r"broken|did ?n[o']?t work|does ?n[o']?t work|stopped working|defective|faulty|crash(?:es|ed|ing)",  # noqa: E501
        Detail.BILL: r"(?:charged|billed) (?:\w+ ){0,3}(?:twice|double|for)|double charge|wrong bill|overcharged|bill was wrong|hidden (?:fees?|charges?)",  # noqa: E501
        Detail.LATE_DELIVERY: r"deliver\w* (?:\w+ ){0,4}late|late deliver\w*|arrived (?:\w+ ){0,3}(?:days|weeks|hours?) late|never arrived|parcel (?:\w+ ){0,3}late",  # noqa: E501
        Detail.WRONG_ITEM: r"wrong (?:item|order|dish|product|size|colou?r|meal|food)|not what (?:i|we) (?:had )?ordered",  # noqa: E501
        Detail.BOOKING: r"(?:lost|cancelled|forgot\w*|gave away) (?:our|my) (?:booking|reservation|table|room)|no (?:booking|reservation) (?:\w+ ){0,3}found|overbooked|(?:reservation|booking) (?:was|had been) (?:lost|cancelled|ignored)",  # noqa: E501
        Detail.NO_ANSWER: r"no (?:answer|reply|response)|nobody (?:answered|replied|called back|picks? up)|never (?:answered|replied|called back|got back)|ignored my (?:e-?mails?|calls|messages)",  # noqa: E501
        Detail.NOISE: r"nois[ey]\w*|too loud|could ?n[o']?t sleep",
    },
    also=(
        "I have also read what you say about {matter}, and it belongs in the same answer.",
        "You also mention {matter}, and I do not want to pass over that.",
        "What you write about {matter} I take just as seriously.",
    ),
    feelings={
        Feeling.ANGER: (
            "I can well understand that you were angry.",
            "Your anger makes complete sense to me.",
            "You had every reason to be upset.",
            "Anyone would have been angry in your place.",
        ),
        Feeling.DISAPPOINTMENT: (
            "I can well understand your disappointment.",
            "I would have been just as disappointed.",
            "You were looking forward to something better, and that makes it all the more disappointing.",
            "It must have been frustrating for you.",
        ),
        Feeling.SLIGHTED: (
            "I can well understand that you felt you were not taken seriously.",
            "It hurts to be treated like that, and I understand that you left upset.",
            "Being left alone with it hurts, and I understand that you were upset.",
            "I understand how frustrating it is not to be heard.",
        ),
        Feeling.WORRY: (
            "I can well understand that this worried you.",
            "It must have been worrying for you.",
            "I understand how unsettling that was for you.",
        ),
    },
    apologies={
        Topic.STAFF: (
            "I am sorry for the way you were treated.",
            "I apologise for the way you were spoken to.",
        ),
        Topic.WAITING: (
            "I am sorry that we kept you waiting so long.",
            "I apologise for the long wait.",
        ),
        Topic.QUALITY: (
            "I am sorry that the quality was not good enough.",
            "I apologise for the poor quality you got from us.",
        ),
        Topic.PRICE: (
            "I am sorry that the price was not clear and fair to you.",
            "I apologise for what you were charged.",
        ),
        Topic.HYGIENE: (
            "I am sorry that it was not clean.",
            "I apologise for the lack of cleanliness.",
        ),
        Topic.ORDER: (
            "I am sorry that your order went wrong.",
            "I apologise for what went wrong with your order.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "I am sorry that we did not take care of your complaint.",
            "I apologise for the way we dealt with your complaint.",
        ),
        Topic.COMFORT: (
            "I am sorry that the comfort was not what it should be.",
            "I apologise for the lack of comfort.",
        ),
        Topic.INFORMATION: (
            "I am sorry that our information misled you.",
            "I apologise for the wrong information.",
        ),
        Topic.OTHER: (
            "I am sorry that we let you down.",
            "I apologise for what happened.",
        ),
    },
    sorry=(
        "I am sorry for that.",
        "I sincerely apologise for this.",
        "I am truly sorry that we let you down like this.",
        "Please accept my apology for this.",
        "I am sorry that this happened to you with us.",
    ),
    ownership={
        Topic.STAFF: (
            "We owed you respect, and we should have shown it.",
            "How people are treated here is my responsibility.",
        ),
        Topic.WAITING: (
            "We should have planned better and told you what was going on.",
            "We did not have enough people in the right place, and that was our mistake.",
        ),
        Topic.QUALITY: (
            "We should have noticed it before it reached you.",
            "We did not check well enough, and that was our mistake.",
        ),
        Topic.PRICE: (
            "We should have been clear about it from the start.",
            "We should have explained what you were paying for.",
        ),
        Topic.HYGIENE: (
            "We should have seen it before you did.",
            "We did not clean and check as we should have.",
        ),
        Topic.ORDER: (
            "We should have checked it before it went out.",
            "We made a mistake there, and you had to bear it.",
        ),
        Topic.COMPLAINT_HANDLING: (
            "We should have listened and dealt with it at once.",
            "We did not listen, and that made a bad thing worse.",
        ),
        Topic.COMFORT: (
            "We should have noticed and done something about it.",
            "We did not look after your comfort as we should have.",
        ),
        Topic.INFORMATION: (
            "We should have been clearer, and that was our mistake.",
            "We should have told you plainly what to expect.",
        ),
        Topic.OTHER: (
            "We should have done better.",
            "We fell short, and that is on us.",
        ),
    },
    owned=(
        "That was our mistake.",
        "We fell short here, and I take responsibility for it.",
        "That is on us.",
        "We should have done better, and I do not want to explain it away.",
        "I take responsibility for this.",
    ),
    done={
        StepKind.TALKED: ("We have spoken with the team about it.", "We have talked it through with the team."),
        StepKind.LOOKED: ("We have looked into what happened.", "We have checked what happened."),
        StepKind.REPAIRED: ("We have repaired what was broken.", "What was broken has been repaired by us."),
        StepKind.CHANGED: ("We have changed how we do this.", "We have changed the way we work at this point."),
        StepKind.BILL: ("We have checked what you were charged.", "We have gone over the bill."),
        StepKind.WROTE: ("We have also written to you directly.", "We have also written to you in private."),
        StepKind.REACHED: (
            "We have also been in touch with you directly.",
            "We have been in contact with you directly as well.",
        ),
    },
    planned={
        StepKind.TALKED: ("We are going to talk about it with the team.",),
        StepKind.LOOKED: ("We are looking into what happened.",),
        StepKind.REPAIRED: ("The repair is on our list.",),
        StepKind.CHANGED: ("We are working on how we do this.",),
        StepKind.BILL: ("We are going over what you were charged.",),
        StepKind.REACHED: ("We are going to get in touch with you directly.",),
    },
    planned_by={
        StepKind.TALKED: ("By {day} we will talk about it with the team.",),
        StepKind.LOOKED: ("By {day} we will look into what happened.",),
        StepKind.REPAIRED: ("By {day} we will see to the repair.",),
        StepKind.CHANGED: ("By {day} we will change how we do this.",),
        StepKind.BILL: ("By {day} we will go over what you were charged.",),
        StepKind.REACHED: ("By {day} we will get in touch with you directly.",),
    },
    wants=(
        "I would like to understand exactly what went wrong and look for a way to put it right with you.",
        "I want to look into this myself, and for that I would like to hear from you.",
        "I would like to hear the rest of it from you and see how we can make up for it.",
        "I want to find out where it went wrong, and what you tell me matters most for that.",
        "I would like to put this right with you, person to person.",
    ),
    refund=(
        "You also ask about your payment, and I would like to settle that with you directly and not in public.",
        "Your question about a refund is a fair one, and I would like to go through it with you in private.",
        "What you ask about a refund deserves a clear answer, and I would like to give it to you directly.",
    ),
    refund_policy=(
        "You also ask about your payment; we have a clear policy for such cases, and I would like to apply it for you in private.",  # noqa: E501
        "For questions about a payment we have a clear policy, and I would like to go through it with you directly.",
    ),
    churn=(
        "I respect it if you do not wish to come back, and I would still like to put this right.",
        "I understand that you do not want to come back after this.",
        "I understand that our credit with you is used up, and I would still like to hear from you.",
    ),
    routes={
        RouteKind.MAIL: (
            "Please write to {address} and mark it for me, so that I can take care of it in person.",
            "Please write to me at {address}; I can decide about it, and I would like to do so with you.",
            "You can reach me at {address}; please write a few lines there and mark them for {person}.",
        ),
        RouteKind.PHONE: (
            "Please call us on {address} and ask for {person}, so that I can take care of it in person.",
            "Please ring {address} and ask for {person}; I can decide about it and would like to hear from you.",
        ),
        RouteKind.PRIVATE_MESSAGE: (
            "Please send me a private message here and mark it for {person}, so that I can take care of it in person.",
            "Please write to me by private message on this site; I can decide about it and would like to do so with you.",  # noqa: E501
        ),
        RouteKind.FORM: (
            "Please write to me through the contact form on our website and mark it for {person}, so that I can take care of it.",  # noqa: E501
            "Please use our contact form and mark your message for {person}; I can decide about it.",
        ),
        RouteKind.DESK: (
            "Please ask for {person} at the front desk; I know about it and can decide.",
            "Please come to the front desk or call there and ask for {person}, so that I can take care of it in person.",  # noqa: E501
        ),
        RouteKind.PAGE: (
            "Please contact us in the way shown on this page and ask for {person}, so that I can take care of it in person.",  # noqa: E501
            "Please get in touch on the number shown on this page and ask for {person}; I can decide about it.",
        ),
    },
    wordless=(
        "Thank you for taking a moment to rate us.",
        "Your rating reached me, and I would like to understand it.",
        "Your stars tell me that something was missing for you.",
        "Few stars and no words: that makes me want to ask.",
        "I see that you gave us few stars, and I take that seriously.",
        "Thank you for an honest rating.",
        "A rating like this tells me that we did not meet your expectations.",
        "I would like to know what is behind your rating.",
        "I noticed your rating today, and it matters to me.",
        "Your rating gives me pause, and I am grateful for it.",
        "Thank you for letting us know by your stars that it was not right for you.",
        "I take your rating to mean that you expected more from us.",
    ),
    ask=(
        "I can well understand that you were disappointed, and I would like to know what we should have done differently.",  # noqa: E501
        "It must have been disappointing for you, and I would like to hear from you what was missing.",
        "I understand your disappointment, and I would be glad to learn where we fell short.",
    ),
    invite=(
        "A few lines from you would help us more than any number of stars.",
        "I read such answers myself, and I learn most from people who look closely.",
    ),
    preference=(
        "What you say about {matter} is a fair point, and I am taking it with me.",
        "Your point about {matter} makes sense to me.",
        "It helps us to hear how you see {matter}, for others may feel the same.",
    ),
    understood=(
        "I can well understand that it was not to your liking, and tastes are worth listening to.",
        "I can well understand that you had imagined it differently.",
        "I understand how disappointing it is when something is not quite what one had hoped for.",
    ),
    praise=(
        "Thank you, that made our day.",
        "What a pleasure to see this.",
        "Thank you so much for this.",
        "It is lovely of you to let us know.",
        "You have put a smile on our faces today.",
        "Many thanks for your kindness.",
        "That is wonderful to see, thank you.",
        "We are delighted that you were happy with us.",
        "Thank you for sharing this with us and with others.",
        "A kind sign like this is the best start to a working day.",
        "How good of you to think of us.",
        "It means a lot to us that you took a moment for this.",
    ),
    praise_praised=(
        "Thank you for your kind words about {praised}.",
        "It makes us happy that you liked {praised} so much.",
        "We are delighted that {praised} made such an impression on you.",
        "How lovely that you mention {praised}.",
    ),
    praise_more=(
        "The whole team will be glad of it.",
        "It shows us that the care we put into things is noticed.",
        "This is exactly what we work for every day.",
        "For the people behind the scenes there is no better encouragement.",
        "It is good to know that we got it right for you.",
    ),
    praise_close=(
        "We look forward to seeing you again.",
        "You are always welcome here.",
        "Until next time, all the best.",
        "We would be glad to look after you again.",
        "Warm thanks from all of us.",
    ),
    praised={
        Praised.PEOPLE: "our people",
        Praised.FOOD: "the food",
        Praised.ROOMS: "the rooms",
        Praised.PLACE: "the atmosphere",
        Praised.CLEANLINESS: "the cleanliness",
        Praised.VALUE: "the value for money",
        Praised.SPEED: "the quick service",
        Praised.WORK: "our work",
    },
    praised_words={
        Praised.PEOPLE: r"staff|waiter\w*|waitress\w*|service|team|host\w*|receptionist\w*|people|friendly|attentive",
        Praised.FOOD: r"food|meal|dish\w*|menu|kitchen|breakfast|dinner|lunch|pizza|pasta|steak|dessert\w*|coffee|tasty|delicious",  # noqa: E501
        Praised.ROOMS: r"rooms?|bed|beds|suite",
        Praised.PLACE: r"atmosphere|ambien\w+|location|view|terrace|garden|decor|cosy|cozy",
        Praised.CLEANLINESS: r"clean\w*|spotless|tidy",
        Praised.VALUE: r"value|prices?|affordable",
        Praised.SPEED: r"fast|quick\w*|prompt\w*|on time",
        Praised.WORK: r"product\w*|quality|repair\w*|treatment|haircut|app|workmanship",
    },
    good_words=r"great|good|lovely|love[sd]?|excellent|amazing|wonderful|perfect\w*|friendly|attentive|delicious|tasty|best|nice|beautiful|fantastic|superb|brilliant|spotless|clean|fast|quick\w*|prompt\w*|affordable|helpful|cosy|cozy|outstanding|enjoyed|recommend\w*|fair",
    not_words=r"not|no|never|\w+n't|nothing|but|however|unfortunately|could be better|bad|poor|too|slow|dirty|rude|cold|awful|terrible|disappoint\w*|overpriced|lacking|less",  # noqa: E501
    bitter_words=r"rude\w*|unfriendl\w+|slow(?:est)?|dirty|filthy|worst|ignored|overpriced|awful|terrible|horrible|disgust\w*|waited (?:\w+ ){0,3}hours?|congratulations on|scam\w*",  # noqa: E501
    taste_words=r"not (?:really |quite )?(?:my|our) (?:style|taste|thing|cup of tea|kind)|for my (?:taste|liking)|a matter of taste|would have preferred|i(?:'d| would) prefer",  # noqa: E501
    general=(
        "Thank you for writing.",
        "Thank you for speaking so openly.",
        "I have read these lines carefully.",
        "Thank you for these frank words.",
        "I am grateful for every open word.",
        "Words like these are read here with care.",
        "Thank you for putting this into words.",
        "It is good that such things are said openly.",
        "I take these words to heart.",
        "Thank you for such a clear account.",
        "I appreciate frank words like these.",
    ),
    general_matters={
        Topic.STAFF: "the manners of our staff",
        Topic.WAITING: "waiting times",
        Topic.QUALITY: "quality",
        Topic.PRICE: "prices and payments",
        Topic.HYGIENE: "cleanliness",
        Topic.ORDER: "orders and appointments",
        Topic.COMPLAINT_HANDLING: "the handling of complaints",
        Topic.COMFORT: "comfort",
        Topic.INFORMATION: "information",
        Topic.OTHER: "such matters",
    },
    general_matter=(
        "We take what is said about {matter} seriously, and I can well understand how frustrating such a thing is.",
        "Anyone would be disappointed by this, and we take feedback of this kind about {matter} seriously.",
    ),
    general_private=(
        "Privacy rules keep us from discussing any individual situation here.",
        "For reasons of privacy we cannot say more about individual situations in public.",
    ),
    general_route=(
        "Anyone with a concern can reach {person} {way}; I would like to talk about it in private.",
        "Please contact {person} {way}, so that we can talk about it in private.",
    ),
    ways={
        RouteKind.MAIL: "at {address}",
        RouteKind.PHONE: "on {address}",
        RouteKind.PRIVATE_MESSAGE: "by private message on this site",
        RouteKind.FORM: "through the contact form on our website",
        RouteKind.DESK: "at the front desk",
        RouteKind.PAGE: "on the number shown on this page",
    },
    holding={
        Grave.HARM: (
            "I am sorry to read this. Your health comes first, and I want to look into it myself.",
            "What you write worries me, and I am sorry. I am taking this up in person.",
        ),
        Grave.DIGNITY: (
            "I am sorry to read this. Everyone should be met with respect here, and I am taking this up in person.",
            "Thank you for telling us. I take this very seriously, and I want to look into it myself.",
        ),
        Grave.PRESSURE: (
            "Thank you for writing. I have read it carefully, and I want to look into it myself.",
            "I have taken note of what you write, and I would like to talk about it with you in person.",
        ),
        Grave.LIFE: (
            "Thank you for writing so openly. I would very much like to talk with you in person.",
            "What you write moves me, and I would like to be there for you to talk to.",
        ),
    },
    posts={
        Post.OWNER: "owner",
        Post.MANAGER: "manager",
        Post.RESTAURANT: "restaurant manager",
        Post.HOTEL: "hotel manager",
        Post.SHOP: "shop manager",
        Post.PRACTICE: "practice manager",
        Post.GUEST_RELATIONS: "guest relations",
        Post.CUSTOMER_CARE: "customer care",
    },
)  # fmt: skip
