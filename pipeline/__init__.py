"""gongwen: Chinese official circulars (公文) from PDF to proofread TEI.

The source never changes; every stage adds signed edits, blocks or findings to it; every output is a view of the result.
"""

__version__ = "0.1.0"
