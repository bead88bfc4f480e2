import type { Question } from './question';

/** A question and its place on the timeline of the video, in seconds. */
export interface PlacedQuestion extends Question {
  readonly from: number;
  readonly to: number;
}

/** Remembers the questions of a video, each from the first frame that it was seen with. */
export class QuestionBook {
  private readonly questions = new Map<string, PlacedQuestion>();

  /** Adds a question. One that travels again, for viewers who come later, may begin earlier than it was known to. */
  add(question: Question, from: number): void {
    const known = this.questions.get(question.id);
    if (known !== undefined && known.from <= from) return;
    this.questions.set(question.id, { ...question, from, to: from + question.seconds });
  }

  /** Returns the question that belongs to a position; undefined for none. The one that was asked later goes before the earlier. */
  at(position: number): PlacedQuestion | undefined {
    const all = [...this.questions.values()].filter(({ from, to }) => from <= position && position < to);
    return all.sort((one, other) => other.asked - one.asked)[0];
  }

  clear(): void {
    this.questions.clear();
  }
}
