"""How the functions of MiniTorch are said in ONNX's operators, by families.

A function that is composed of these needs no translation: its calls are traced.
"""

from .elementwise import activations as activations
from .elementwise import arithmetic as arithmetic
from .elementwise import casts as casts
from .elementwise import comparisons as comparisons
from .elementwise import unary as unary
from .layers import attention as attention
from .layers import convolution as convolution
from .layers import folding as folding
from .layers import normalisation as normalisation
from .layers import pooling as pooling
from .layers import recurrent as recurrent
from .layers import resizing as resizing
from .reductions import matrix_products as matrix_products
from .reductions import sorting as sorting
from .reductions import sums as sums
from .shapes import indexing as indexing
from .shapes import joining as joining
from .shapes import padding as padding
from .shapes import reshaping as reshaping
