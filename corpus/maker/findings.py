"""How does a finding become a paragraph, consistent with its section and its report?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from corpus.maker.phrases import fill, lower_first, place
from corpus.maker.script import Text, ThemeValence
from corpus.maker.story import Finding, Topic, frames
from corpus.model import Role, Valence

_PAIRED: Final = 0.62  # how often a weakness stands in one paragraph with a strength, where there is one
_MOST_USES: Final = {"effects": 2, "detail": 2}  # how often the same sentence, in other words, may return
_WITH_PURPOSE: Final = 0.5  # how often a newer report says what the improvement is for
_SECOND_TOPIC: Final = 0.25  # how often a strength brings a related one along


class Writer:
    """Writes the paragraphs of one report; no sentence is used twice in it."""

    def __init__(
        self,
        dice: Random,
        words: Mapping[str, str],
        story: Mapping[str, Finding],
        previous: Mapping[str, Finding],
    ) -> None:
        self.dice = dice
        self.words = words
        self.story = story
        self.previous = previous
        self._sentences = {topic_id: [0, 1, 2] for topic_id in story}
        self._frames_used: Counter[str] = Counter()
        for order in self._sentences.values():
            dice.shuffle(order)

    def sentence(self, topic: Topic) -> str | None:
        """Return a sentence about the topic that this report has not used yet."""
        left = self._sentences[topic.id]
        if not left:
            return None
        return self.fill(topic.sentences(self.story[topic.id])[left.pop()])

    def fill(self, template: str) -> str:
        """Settle the wordings and words of a template."""
        return fill(template, self.words, self.dice)

    def frame(self, *path: str) -> str | None:
        """Return a sentence from the frames that this report has not used yet."""
        found: object = frames()
        for key in path:
            found = found.get(key, ()) if isinstance(found, Mapping) else ()
        if not isinstance(found, list):
            return None
        template = min(self.dice.sample(found, len(found)), key=self._frames_used.__getitem__)
        if self._frames_used[template] == _MOST_USES.get(path[0], 1):
            return None
        self._frames_used[template] += 1
        return self.fill(template)

    def findings(self, topics: Sequence[Topic]) -> list[Text]:
        """Return one paragraph for each topic, or for two that belong together, in order."""
        waiting = list(topics)
        written: list[Text] = []
        while waiting:
            topic = waiting.pop(0)
            partner = self._partner(topic, waiting)
            if partner is not None:
                waiting.remove(partner)
            written.append(self._finding(topic, partner))
            if self.dice.random() < 0.04 and (context := self.frame("neutral", topic.area)):
                written.append(self.paragraph([context], "neutral", ((topic.theme, "neutral"),)))
        return written

    def _partner(self, topic: Topic, waiting: Sequence[Topic]) -> Topic | None:
        """Return a topic to stand in the same paragraph: of the same theme, or of one close by."""
        near = [each for each in waiting[:6] if each.theme == topic.theme]
        other = [each for each in near if self.story[each.id] != self.story[topic.id]]
        if other and self.dice.random() < _PAIRED:
            return other[0]
        same = [each for each in near if self.story[each.id] == self.story[topic.id]]
        return same[0] if same and self.dice.random() < _SECOND_TOPIC else None

    def _finding(self, topic: Topic, partner: Topic | None) -> Text:
        """Write one paragraph."""
        if partner is not None and self.story[partner.id] != self.story[topic.id]:
            return self._mixed(topic, partner)
        finding = self.story[topic.id]
        count = 2 if self.dice.random() < 0.6 else 3
        sentences = [self.sentence(topic) for _ in range(count)]
        if partner is not None:
            sentences.append(self.sentence(partner))
        if self.dice.random() < 0.1:
            sentences.insert(0, self.frame("neutral", topic.area))
        if self.dice.random() < 0.6:
            sentences.append(self.frame("detail", topic.area, finding))
        if self.dice.random() < 0.55:
            sentences.append(self.frame("effects", topic.area, finding))
        sentences.append(self._history(topic))
        return self.paragraph(sentences, finding, _themes((topic, partner), finding))

    def _mixed(self, topic: Topic, partner: Topic) -> Text:
        """Write a paragraph that sets a weakness against a strength."""
        strong, weak = (topic, partner) if self.story[topic.id] == "strength" else (partner, topic)
        praise, fault = self.sentence(strong) or "", self.sentence(weak) or ""
        if self.dice.random() < 0.25 and "," not in praise and ":" not in praise:
            word = self.dice.choice(frames()["joining"]["while"])
            sentences = [f"{word} {lower_first(praise).rstrip('.')}, {lower_first(fault)}"]
        else:
            sentences = [praise]
            if self.dice.random() < 0.4:
                sentences.append(self.sentence(strong) or "")
            word = self.dice.choice(frames()["joining"]["contrast"])
            sentences.append(f"{word} {lower_first(fault)}")
        if self.dice.random() < 0.35:
            sentences.append(self.frame("detail", weak.area, "weakness") or "")
        if self.dice.random() < 0.6:
            sentences.append(self.frame("effects", weak.area, "weakness") or "")
        return self.paragraph(sentences, "mixed", _themes((topic, partner), "mixed"))

    def _history(self, topic: Topic) -> str | None:
        """Return what has become of the topic since the last inspection, now and then."""
        before, now = self.previous.get(topic.id), self.story[topic.id]
        if before is None or self.dice.random() > 0.3:
            return None
        kind = {("weakness", "strength"): "resolved", ("weakness", "weakness"): "persisting"}.get(
            (before, now)
        )
        kind = "declined" if (before, now) == ("strength", "weakness") else kind
        if kind is None:
            return None
        template = self.dice.choice(frames()["history"][kind])
        return self.fill(template.replace("{topic}", topic.name))

    def paragraph(
        self,
        sentences: Sequence[str | None],
        valence: Valence | None,
        themes: tuple[ThemeValence, ...],
        role: Role = "finding",
    ) -> Text:
        """Join sentences to a paragraph and draw its figures."""
        text, figures = place(" ".join(each for each in sentences if each), self.dice)
        return Text(text, role, valence=valence, themes=themes, figures=figures)

    def summary(self, topics: Sequence[Topic], most: int = 4) -> Text | None:
        """Return a paragraph that sums up several topics, strengths first, in sentences of its own."""
        parts: list[tuple[Finding, str, str]] = []
        for topic in sorted(topics, key=lambda each: self.story[each.id] == "weakness"):
            if len(parts) < most and (sentence := self.sentence(topic)):
                parts.append((self.story[topic.id], sentence, topic.theme))
        if not parts:
            return None
        sentences: list[str] = []
        for index, (finding, sentence, _) in enumerate(parts):
            turn = index > 0 and finding == "weakness" and parts[index - 1][0] == "strength"
            sentences.append(f"However, {lower_first(sentence)}" if turn else sentence)
        found = {finding for finding, _, _ in parts}
        valence: Valence = "mixed" if len(found) == 2 else parts[0][0]
        themes = _merge(tuple((theme, finding) for finding, _, theme in parts))
        return self.paragraph(sentences, valence, themes, "summary")

    def recommendation(self, topic: Topic, style: str) -> Text:
        """Return what needs to improve: an instruction in older reports, a noun phrase in newer ones."""
        if style == "instruction":
            words = self.fill(f"Ensure that {topic.ensure}.")
        else:
            purpose = f", so that {topic.ensure}" if self.dice.random() < _WITH_PURPOSE else ""
            words = self.fill(f"{topic.name[0].upper()}{topic.name[1:]}{purpose}.")
        themes: tuple[ThemeValence, ...] = ((topic.theme, "weakness"),)
        if topic.second:
            themes += ((topic.second, "weakness"),)
        return self.paragraph([words], "weakness", themes, "improvement")

    def young(self, area: str, finding: Finding) -> Text | None:
        """Return a bullet in plain words for children and young people."""
        if not (sentence := self.frame("young", area, finding)):
            return None
        text = self.paragraph([sentence], finding, (), "summary")
        return replace(text, level=1)


def _themes(topics: Sequence[Topic | None], valence: Valence) -> tuple[ThemeValence, ...]:
    """Return the themes of the topics, primary first, each with its valence."""
    named: list[ThemeValence] = []
    for topic in topics:
        if topic is not None:
            named.append((topic.theme, valence))
            if topic.second:
                named.append((topic.second, valence))
    return _merge(tuple(named))


def _merge(themes: tuple[ThemeValence, ...]) -> tuple[ThemeValence, ...]:
    """Return each theme once, in order, `mixed` where its valences differ; at most three."""
    merged: dict[str, Valence] = {}
    for theme, valence in themes:
        merged[theme] = valence if merged.get(theme, valence) == valence else "mixed"
    return tuple(merged.items())[:3]
