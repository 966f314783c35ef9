"""How the functions of MiniTorch are said in ONNX's operators, by families.

What is a composition of these needs no translation: it is gone into.
"""

from . import _activations as _activations
from . import _arithmetic as _arithmetic
from . import _attention as _attention
from . import _casts as _casts
from . import _comparisons as _comparisons
from . import _convolution as _convolution
from . import _elementwise as _elementwise
from . import _images as _images
from . import _indexing as _indexing
from . import _joining as _joining
from . import _normalisation as _normalisation
from . import _ordering as _ordering
from . import _padding as _padding
from . import _pooling as _pooling
from . import _products as _products
from . import _recurrent as _recurrent
from . import _reductions as _reductions
from . import _shaping as _shaping
from . import _windows as _windows
