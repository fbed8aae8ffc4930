namespace Seal.Documents.Pdf;

/// <summary>
/// Whether a per cent sign stands before a position on its line, be the line as long as it likes. Asked from the front of a file to
/// its back, it looks at no byte twice.
/// </summary>
internal sealed class LineComments(PdfBytes bytes, PdfBudget budget)
{
    private const int Near = 256; // most lines are shorter: no need to read a window for them

    private readonly byte[] _window = new byte[8192];
    private long _known;
    private bool _hidden;

    /// <summary>Whether what begins at a position is part of a comment to whoever reads lines.</summary>
    public bool Hide(long position)
    {
        if (position < _known)
        {
            (_known, _hidden) = (0, false);
        }

        _hidden = FindBack(position) switch
        {
            '%' => true,
            -1 => _hidden,
            _ => false,
        };
        _known = position;
        return _hidden;
    }

    /// <summary>The last line end or per cent sign before a position; -1 when there is none after what is known already.</summary>
    private int FindBack(long position)
    {
        var at = position;
        for (var near = Math.Max(_known, position - Near); at > near; at--)
        {
            var value = bytes.At(at - 1);
            if (value is '%' or '\n' or '\r')
            {
                return value;
            }
        }

        while (at > _known)
        {
            var start = Math.Max(_known, at - _window.Length);
            var got = _window.AsSpan(0, bytes.Read(start, _window.AsSpan(0, (int)(at - start))));
            budget.SpendTime(got.Length >> 6);
            var index = got.LastIndexOfAny("%\n\r"u8);
            if (index >= 0)
            {
                return got[index];
            }

            at = start;
        }

        return -1;
    }
}
