"""Language models behind one protocol, and what is known of where the words go. It knows no interview and no rating.

model                               the protocol, a request, a reply, and the eight kinds of failure
opening, route, providers           from a name as the user writes it to a model that can be asked
ollama, ollama_server, ollama_http  an Ollama server, spoken to directly
ollama_wire, ollama_host            its wire format, and every form of its address
gateway, gateway_wire               every other provider, by way of litellm
hygiene                             litellm imported and kept harmless
unnoticed                           heavy loading that somebody who types does not feel
scripted                            replies written beforehand
privacy, keys                       what counts as this machine; which key goes where
hearing, thinking, listening        a reply as it comes, text apart from reasoning, until it ends or is stopped
deadlines, retry, errors            how long, how often, and what is said when it fails
budget, size, notices               what calls cost, how large a model is, what is told while one waits
discovery, diagnosis                what there is to choose from; a model tried for real
"""
