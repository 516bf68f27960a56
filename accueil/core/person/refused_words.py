"""Words that are no first name: fillers, states, insults, things, deeds, in folded letters."""

import re

FILLERS = frozenset(
    """
oui ouais ouai oue ui wi yes yep ok okay oki dac dacc daccord d'accord accord go top super
nickel parfait merci mrc mci thx bonjour bjr salut slt coucou cc hello hey hi yo wesh wsh
bonsoir bsr voila voici alors bah ben euh heu hum hmm bon donc stp svp plait tkt mdr lol moi c
c'est cest prenom nom numero num tel mail enfin madame monsieur mme mr mlle
""".split()
)
"""What may stand around a name that is given: it is taken off before the name is read."""

_GRAMMAR = """
a ah ai aie ait alors apres as ase au aucun aucune aussi autant autre autres aux avait avais
avant avec avez avoir bcp beaucoup bien bof c ca car ce cela celle celui ces cet cette chez ci
combien comme comment ct d dans de deja depuis des desole desolee deux devant dire dis dit dois
doit donc dont du duquel elle elles en encore enfin ensuite entre es est et etais etait etant
ete etre eu euh eux fais fait fallait faut fois font fut g ici il ils j jai jamais je jss jsuis
jusque juste kan kand ke ki koi l la laquelle le lequel les leur leurs loin lors lorsque lui m
ma maintenant mais mal malgre me meme mes mieux mince moi moins moment mon n ne ni non nos notre
nous nul nulle nn on ont ou ouf par parce pareil parfois pas pcq peu peut peux pire pk pkoi
plein plus plutot pour pourquoi pourtant pq presque pres prochain pt ptet puis puisque qd qu
quand que quel quelle quelques quelqu'un qui quoi rien s sa sans sauf se sera serai ses seul
seule si sinon soit son sont sous souvent stp suis sur surtout svp t ta tant tard tel telle
tellement tes tjr tjrs tjs toi ton tot toujours tous tout toute toutes toutefois tres trop tu un
une va vais vers veut veux vite voici voila vont vos votre vous vrai vraiment vu vue vues y
"""
_SPOKEN = """
aaah ahah allo amen askip asap att attend attends attention aurevoir bg bisous bjr blc bref bro
bsr cava chaud chut cc cimer commet cool couz cousin dac dacc dak dsl fr frere frerot fra frr
genre grave gros haha hein hello help hey heu hihi hmm hola hop hum idem iel impec inch
inchallah jpp jsp jspp jv jvais kdo khey khoya kiffe koa lol ltp merci mdr mdrr msg mskn ms mtn
nan nope no nop ntm ok oki okok okay omg ouais oula oups ouin ouep oue oui pardon pdt perso
please plz po poto ptdr ptn pov pliz quoicoubeh rdv rep reuf reus salam salut sava sayer seum
sheesh sisi slt sorry srx starf super tfk tg tkt top tqt trkl ui vs wallah wallou we weekend
wesh wouah wow wsh xd xptdr yep yes yo yup zarma zbi zen zut ciao bye tchao hasta gracias thanks
what nothing test teste azerty qwerty bot robot chatbot personne anonyme inconnu inconnue
quelconque prive privee secret secrete pseudo prenom nom numero num mail portable adresse
message messages sms texto appel appelle appelez appeler rappel rappelle rappelez rappeler
retour menu aide annuler annule stop commencer recommencer recommence continuer continue suite
suivant precedent valider confirmer modifier changer supprimer effacer envoyer telephone
whatsapp insta snap instagram snapchat tiktok facebook teams visio zoom ligne internet site
appli application lien euros euro
"""
_STATES = """
abandonne abattu absent accro actif active addict adulte affame aimable aine alcoolique alite
allergique alternant amoureux ancien angoisse anxieux apprenti arrete arrive asocial assez
autiste autonome aveugle avorte balade barbant battu bavard beau belle bete bilingue bipolaire
bizarre blase blesse bloque bon bonne borderline boulimique bourre brise bronze brule brun
burnout cadet calme celibataire certain cheh chelou chiant chomeur choque clair claque clean
cloque coince colere compris complique con concerne confiant confine confus connecte content
contente contraint convaincu coupable courage crevee creve curieux cuit curateur daltonien
dangereux debout debordee deborde debrouille debutant decourage decu decue degoute demotive
dehors dependant depasse deprime depressif depression derange descolarise desespere desesperee
desoeuvre deteste detendu determine detruit diabetique different difficile diplome discret
disponible dispo divorce docile domicilie doue droitier drogue dur dyslexique dysphasique
dyspraxique economie efficace egal electeur elu embauche embete emu enceinte encinte endette
endormi energique enerve engage enerver enervant ennuye enrhume entendu epileptique epuise eleve
etranger etranges etudiant etudiante eveille exclu excite exilee expulse fache facile faible
fatigue faux fauche fichu fier fini foutu frais francais francaise fragile frileux frustre
furieux fort forte galerien gauche gaucher gay gene gentil gratuit grand grosse gueri handicape
handi hebergee heberge hetero heureux heureuse honteux hors hospitalise hpi humilie hs
hyperactif impatient important impossible inactif incapable independant indecis infirme informe
inquiet inquiete inscrit insomniaque interesse interessee intermittent invalide isole ivre
jaloux jeune joignable joyeux junkie large las lent lesbienne libre licencie lourd lucide majeur
malade maladroit malentendant malheureux malin maltraite malvoyant marie maso matinal mauvais
maman mechant mefiant meilleur menace migrant mineur minable mobile moche mignon mort motive
muet mute myope naze nerveux neuf neutre nevrose nouveau nouvelle obese oblige occupe oke opere
orphelin oublie ouvert paniquee panique papa paralyse paraplegique paresseux partant parti
passif pauvre patient paye perdu perturbe petit peureux phobique plombe poli ponctuel pourri
possible premier prems pressee presse pret prete prime propre puissant quadra quitte rapide
rassure ravi recale refugie refuse relou reconnaissant reserve responsable retraite rigolo riche
ruine saisonnier salarie sale sanctionne sapin satisfait schizo schizophrene sdf sensible separe
seropositif serieux severe simple sincere singuliere situation smicard sobre soigne solitaire
sombre sortant soulage souffrant souple sourd speed stagiaire sterile stresse strict stupide
suicidaire surdoue surmene suivi sympa tetu tetraplegique timide toxico trans transgenre
traumatise triste tranquille transsexuel tuteur urgent use utile vacciner vaccine valable veuf
veuve vieux vide violee viole violent vierge vif vivant volontaire voyant vulnerable zonard
etourdi ado enfant bebe bac brevet cap bep bts licence master cdd cdi cej rsa
"""
_INSULTS = """
abruti abrutis batard batards biatch bite bites bitch bolos bouffon bouffonne boloss branleur
branleuse casse chatte chie chier chieur clebard cochonne conasse connard connards connasse
conne conneau cons couille couilles couillon cretin cul debile degage degueu degueulasse ducon
emmerde encule enculer enfoire enfoires fdp feuj fuck fucking gogol gogole gouine grognasse
gueule gueules hmar idiot idiote imbecile kahba lopette merde merdes mongol mongole negre nigga
nique niquer niquez niktamere pd pede petasse pisse poufiasse pouf pute putes putain porc
pourriture racaille raclure salaud salope salopard sexe shit sucer suce suceur tafiole tamere
tapette tarba tarlouze tepu toz trouduc truie vtff zob zizi
"""
_THINGS = """
abonnement absence accident achat accueil administration admin agence agent alternance ami amie
amies amis ambulance ame amende animateur annee ans appart appartement apprentissage aprem
apres-midi arabe argent arme armee artisan asso association assurance atelier aujourd'hui auj
autoecole avenir avocat baby-sitting bail balle banque batiment beaute bilan bible bagarre bus
cafe caf camion camping campus cancer candidature carte cas casier casque centre chance
chauffeur chef chien chat chomage chose choses ciel cigarette cite code coiffure college coloc
commerce commune compagnon compte concert concours conge conjoint conseil conseiller conseillere
contact contrat copain copine corps couple cours cousine creche creneau cuisine cuisinier cv
daron daronne date debut delai demain demande demission dentiste depart dette deuil dieu
dimanche directeur docteur document dossier douleur droit ecole economies ecran educ educateur
educatrice eglise electricien embrouille emploi employeur enfants ennui enquete entreprise
entretien entree envie erreur espagnol espoir essai essence etage etat etude etudes exam examen
expulsion fac faim famille femme ferme fete feu fievre fille fils fin flemme flic foi foot
formation foyer france frigo froid galere gamin garage garcon garde gars gare gendarme gosse
greffe grippe groupe guerre habitation handicap hebergement heure heures hier hiver homme
hopital horaire horaires hotel huit idee image immeuble impot infirmier info infos inscription
insertion interim interview jeu jeudi jeux job jour journee journaliste juge juillet jumeaux
justice jeunes kebab kine lait langue lettre lundi loi logement loyer lycee lyceen madame
magasin mai maison maladie manger mardi mairie mari mariage maroc matin matinee mec medecin meuf
mercredi mere metier meteo midi mineurs minuit mission mobilite mois monde monsieur moto moyen
musique mutuelle naissance nationalite niveau nourriture nuit objet offre oncle orage ordi
ordinateur ordre orientation organisme paie pain papiers papier parcours parcoursup parent
parents parking parrain passe passeport patron patronne pays peine permis pere peur photo place
plan police politique pompier poste pote potes pompiers pole prefecture prison prix probleme
problemes prof projet promesse psy public quartier question questions racisme raison rendez-vous
recherche reconversion regle referent renseignement repos reponse resto resultat retard reunion
reve revenu rue salaire samedi samu sang sante securite semaine service seins sida soin soir
soiree sommeil souci soucis sport stage stress suicide tabac taf tante tatouage taxi temps tente
terre tete toit train tram transport travail trajet tutelle tutrice urgence urgences usine
vacances vacance vendredi vente vendeur vendeuse vie viol violence ville visa visite vih voisin
voisine voiture vol volley voyage week-end janvier fevrier mars avril juin aout septembre
octobre novembre decembre gens truc trucs machin bidule ecoute ecoutes emission ecolier apl pjj
mdph aah rqth smic siret cnaf urssaf cpam ameli creps greta afpa epide mlj ml mission-locale
"""
_DEEDS = """
abandonner accompagner acheter accepter adore aider aime aimerai aimerais aller allez allons
apporte apprendre arrivee attendre attendez aurais avance baise bosse bosser boire bouge bouger
casser cherche cherches chercher choisi choisir choisis commence comprend comprends connais
connait coucher couper courir crois croire debrouiller decide decider demenage demenager
demander disent donne donner dormir dors ecrire ecris entrer espere essaie essaye etudie etudier
evite evader existe explique faire fasse ferait finir finit fumer fuir gagner galerer garder
habite habiter inscrire inscris jeter jouer laisse laisser lire loge louer manque mange marche
marcher mens mentir mettre mets monter mourir naitre oublier oubliez ouvre ouvrir parler parle
parlez part partir passer pense penser perdre plait pleure pleurer porter pouvoir preciser
prefere prend prends prendre quitter raconte range regarde rentrer rentre repond reponds rester
reste reviens revenir reussir rire sais sait savoir sert servir sors sortir souffre souhaite
subi suivre taire tais taper tenir tiens tomber touche trouve trouver tuer utiliser vas veille
vendre venez venir viens vient vis vit vivre voir vois vole voler vouloir voudrai voudrais vomir
voyager
"""
_PRIVATE = """
acne adhd allergie anemie angine anorexie anxiete apnee asthme asthmatique avc bequille blessure
cancer chimio coeliaque coma covid crise crohn dialyse drepano eczema endometriose entorse fracture
gastro grossesse hemophile hernie hiv hyperactivite infection ivg kyste leucemie lupus migraine
mst mucoviscidose nevrose paranoia parano parkinson phobie psychose psychotique regles scoliose
sclerose seropo sep tca tdah tda thyroide toc trisomie trisomique tumeur ulcere vertiges
athee bouddhiste catho catholique chretien croyant evangelique hindou juif juive laic
musulman pratiquant protestant temoin voile hijab ramadan bi bisexuel gay homo homosexuel lgbt
queer asexuel binaire pansexuel vegan vegane vegetarien halal kabyle berbere gitan rom tzigane
algerien marocain tunisien malien turc kurde afghan syrien ukrainien africain antillais comorien
bienvenu bienvenue boomer chepa cringe feur hamdoulillah hamdoullah inchallah inshallah macron
batman mbappe mashallah starfoullah zup
"""
REFUSED = frozenset(
    f"{_GRAMMAR} {_SPOKEN} {_STATES} {_INSULTS} {_THINGS} {_DEEDS} {_PRIVATE}".split()
)
INSULTS = frozenset(_INSULTS.split()) - {"casse", "sexe", "degage", "idiot", "idiote"}
HEALTH = re.compile(
    r"\b(?:enceintes?|encinte|grossesse|malades?|maladie|sante|hopital|hospitali\w+|cancer|vih|sida|"
    r"seropo\w*|diabet\w+|epilep\w+|depress\w+|deprim\w+|bipolaire|autis\w+|schizo\w*|tdah|dys\w{4,}|"
    r"handicap\w*|sourde?|aveugle|muet(?:te)?|anorexi\w+|boulimi\w+|suicid\w+|traitement|medicaments?|"
    r"opere\w*|psy|psychiatr\w+|avort\w+|ivg|tdah?|tca|trisomi\w*|migraines?|asthm\w+|toxico\w*|addict\w*|alcool\w*)\b"
)
DOUBTFUL = frozenset(
    """
marie greta islam aimee alba ambre ange april aube aubin aude aurore avril blanche candide
celeste cerise charite charity claire clement colombe constant constante desire desiree destiny
divine esperance eve fidele fleur florence fortune france franco gloire grace gracieuse harmonie
honore innocent jade joie juste lance lourdes lys mai marin marine melodie merveille modeste
nancy noel ocean olive opale parfait pascale patience pierre placide precieuse prince princesse
prosper prudence prune reine romaine rose rubis saphir sultan toussaint vanille victoire
violette yen mari sana milan roman geneve vienne asia india chelsea
""".split()
)
"""First names that are also words or places: they need more than their letters to be one."""
SURNAMES = frozenset(
    """
andre arnaud bernard blaise charles david denis diego francois garcia georges gilbert gerard
gilles guillaume henry herve jacques jean joseph julien laurent leon lucas marc marie martin
mathieu michel nicolas olivier paul philippe pierre renaud rene robert roger roland roy simon
thomas vincent
""".split()
)
