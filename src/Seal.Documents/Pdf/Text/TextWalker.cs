using Seal.Documents.Impressions;

namespace Seal.Documents.Pdf;

/// <summary>A character at its place on a page.</summary>
/// <param name="Text">What it means; null when unknown.</param>
/// <param name="Start">Where it begins, on the base line, in user space.</param>
/// <param name="End">Where the next one would begin.</param>
/// <param name="Up">From the base line to the top of letters.</param>
internal readonly record struct PlacedCharacter(string? Text, Point Start, Point End, Point Up);

/// <summary>
/// Shows a page's text in the order of its content, forms inside it included. Nothing is drawn; unknown operators are passed over,
/// and damage ends a stream where it is met, as in viewers.
/// </summary>
internal sealed class TextWalker(PdfView view)
{
    private const int DeepestForm = 8;
    private const int DeepestState = 256;
    private const int DeepestTree = 64;

    private readonly Dictionary<PdfObject, TextFont> _fonts = new(ReferenceEqualityComparer.Instance);
    private readonly List<PlacedCharacter> _placed = [];

    /// <summary>The characters of a page.</summary>
    public static IReadOnlyList<PlacedCharacter> Of(PdfView view, PdfPage page)
    {
        TextWalker walker = new(view);
        var resources = ResourcesOf(view, page.Dictionary);
        walker.Run(walker.Contents(page.Dictionary["Contents"]), resources, TextState.Initial, 0);
        return walker._placed;
    }

    /// <summary>A page's resources, inherited from the nodes above it if need be.</summary>
    private static PdfDictionary ResourcesOf(PdfView view, PdfDictionary page)
    {
        var node = page;
        for (var hops = 0; hops < DeepestTree; hops++)
        {
            if (view.Dictionary(node["Resources"]) is { } resources)
            {
                return resources;
            }

            node = view.Dictionary(node["Parent"]) ?? PdfDictionary.Empty;
        }

        return PdfDictionary.Empty;
    }

    /// <summary>Content may be cut into streams between any two tokens (ISO 32000-1 table 30).</summary>
    private byte[] Contents(PdfObject? contents) => view.Resolve(contents) switch
    {
        PdfStream one => ContentFilters.Decode(view, one),
        PdfArray several => [.. several.Items.Select(view.Resolve).OfType<PdfStream>().SelectMany(stream => ContentFilters.Decode(view, stream).Append((byte)'\n'))],
        _ => [],
    };

    private void Run(byte[] content, PdfDictionary resources, TextState state, int depth)
    {
        MemoryBytes bytes = new(content);
        PdfParser parser = new(bytes, view.File.Budget);
        Stack<TextState> saved = new();
        List<PdfObject> operands = [];
        try
        {
            while (ContentScanner.Next(parser, bytes) is { } value)
            {
                if (value is not PdfKeyword word)
                {
                    operands.Add(value);
                    continue;
                }

                switch (word.Value)
                {
                    case "q" when saved.Count < DeepestState:
                        saved.Push(state);
                        break;
                    case "Q" when saved.Count > 0:
                        state = saved.Pop();
                        break;
                    case "ID":
                        ContentScanner.SkipInlineImage(parser, bytes);
                        break;
                    case "Do" when operands is [PdfName form] && depth < DeepestForm:
                        RunForm(view.Resolve(view.Dictionary(resources["XObject"])?[form.Value]), resources, state, depth);
                        break;
                    default:
                        state = Apply(word.Value, operands, resources, state);
                        break;
                }

                operands.Clear();
            }
        }
        catch (PdfFormatException damaged) when (damaged.Code == PdfProblem.Damaged)
        {
            return; // what came before the damage counts
        }
    }

    private void RunForm(PdfObject form, PdfDictionary resources, TextState state, int depth)
    {
        if (form is not PdfStream stream || view.Name(stream.Dictionary["Subtype"]) != "Form")
        {
            return;
        }

        var matrix = view.Array(stream.Dictionary["Matrix"])?.Items.Select(view.Number).ToArray() is [{ } a, { } b, { } c, { } d, { } e, { } f]
            ? new Affine(a, b, c, d, e, f)
            : Affine.Identity;
        Run(ContentFilters.Decode(view, stream), view.Dictionary(stream.Dictionary["Resources"]) ?? resources, state.Inside(matrix), depth + 1);
    }

    private TextState Apply(string word, List<PdfObject> operands, PdfDictionary resources, TextState state)
    {
        double[] numbers = [.. operands.Select(view.Number).OfType<double>()];
        switch (word, numbers)
        {
            case ("Tf", [.., var size]) when operands[0] is PdfName name:
                return state with { Font = Font(view.Dictionary(resources["Font"])?[name.Value]), Size = size };
            case ("Tj", _):
                return Show(operands, state);
            case ("TJ", _):
                return Show((operands.FirstOrDefault() as PdfArray)?.Items ?? [], state);
            case ("'", _):
                return Show(operands, state.NextLine(0, -state.Leading));
            case ("\"", [var word1, var letter]):
                return Show(operands, (state with { WordSpacing = word1, LetterSpacing = letter }).NextLine(0, -state.Leading));
            default:
                return state.Apply(word, numbers);
        }
    }

    private TextFont? Font(PdfObject? font)
    {
        if (view.Dictionary(font) is not { } dictionary)
        {
            return null;
        }

        if (!_fonts.TryGetValue(dictionary, out var read))
        {
            read = TextFont.Read(view, dictionary);
            _fonts.Add(dictionary, read);
        }

        return read;
    }

    private TextState Show(IEnumerable<PdfObject> pieces, TextState state)
    {
        foreach (var piece in pieces)
        {
            if (piece is PdfString text && state.Font is { } font)
            {
                foreach (var shown in font.Decode(text.Value))
                {
                    view.File.Budget.SpendValues(1);
                    state = Place(shown, state);
                }
            }
            else if (view.Number(piece) is { } adjustment)
            {
                state = state.Advance(-adjustment / 1000 * state.Size, 0);
            }
        }

        return state;
    }

    private TextState Place(ShownCharacter shown, TextState state)
    {
        var next = state.Advance(shown.Advance / 1000 * state.Size, state.LetterSpacing + (shown.IsSpace ? state.WordSpacing : 0));
        var glyph = state.Advance(shown.Advance / 1000 * state.Size, 0);
        _placed.Add(new PlacedCharacter(shown.Text, state.At(0, 0), glyph.At(0, 0), state.At(0, state.Size)));
        return next;
    }
}
