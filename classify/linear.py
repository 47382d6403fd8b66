"""How does a small linear model weigh the features of a paragraph, and how is it fitted?"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from classify.net import Floats

_STRICTNESS: Final = 0.3  # the inverse of the penalty


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over standardised features; several columns of scores, or one for yes and no."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def scores(self, features: Floats) -> Floats:
        """Return the scores of each row."""
        result: Floats = ((features - self.mean) / self.scale) @ self.weights + self.bias
        return result


def fit_linear(features: Floats, labels: Floats, outputs: int) -> Linear:
    """Fit a logistic regression over standardised features; one output stands for yes against no."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-3)
    model = LogisticRegression(C=_STRICTNESS, max_iter=3000)
    model.fit((features - mean) / scale, labels)
    weights = np.zeros((features.shape[1], outputs), np.float32)
    bias = np.full(outputs, -20.0, np.float32)
    if outputs == 1:
        weights[:, 0], bias[0] = model.coef_[0], model.intercept_[0]
    elif len(model.classes_) == 2:
        weights[:, model.classes_[1]], bias[model.classes_] = model.coef_[0], (0.0, model.intercept_[0])
    else:
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return Linear(mean.astype(np.float32), scale.astype(np.float32), weights, bias)
