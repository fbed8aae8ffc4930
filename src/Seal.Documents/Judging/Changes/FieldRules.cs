using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What may change in form fields: those that were there may be filled in or signed, new ones may come.</summary>
internal sealed class FieldRules(PdfView before, PdfView after, Allowances allowances)
{
    /// <summary>Entries that filling in a field changes.</summary>
    private static readonly string[] Filling = ["V", "AP", "AS", "RV", "I"];

    /// <summary>Entries that signing an empty signature field changes; the widget's look is the signature's.</summary>
    private static readonly string[] Signing = ["V", "AP", "AS", "MK", "F", "DA", "M"];

    /// <summary>Entries that programs change in a field which waits to be signed, to show where: MuPDF draws a flag there.</summary>
    private static readonly string[] Waiting = ["AP", "AS", "MK", "F", "DA", "M"];

    private readonly Dictionary<int, PdfFieldNode> _old = PdfFields.Walk(before).ToDictionary(node => node.Reference.Number);
    private readonly Dictionary<int, ObservedChange> _new = [];

    public void Compare()
    {
        var now = PdfFields.Walk(after).ToDictionary(node => node.Reference.Number);
        foreach (var node in now.Values.Where(node => !_old.ContainsKey(node.Reference.Number)))
        {
            _new[node.Reference.Number] = MeaningOfNew(node, now);
        }

        ForbidSharedSignatures(now.Values);
        foreach (var change in _new.Values.Distinct())
        {
            allowances.Observe(change);
        }

        CompareList(Fields(before), Fields(after), "the list of fields");
        foreach (var old in _old.Values)
        {
            if (now.TryGetValue(old.Reference.Number, out var same))
            {
                CompareNode(old, same);
            }
        }

        new PageRules(before, after, allowances, Widget).Compare();
    }

    private static PdfArray? Fields(PdfView view) => view.Array(view.Dictionary(view.Catalog["AcroForm"])?["Fields"]);

    /// <summary>What the appearance of a widget on a page means: that of its field if the field is new.</summary>
    private ObservedChange? Widget(int number) => _new.GetValueOrDefault(number)
        ?? (_old.TryGetValue(number, out var node) && node.Type == "Sig" && !IsSigned(before, node)
            ? new ObservedChange(ChangeKind.FurtherSignature, $"signature field {node.FullName}")
            : null);

    private ObservedChange MeaningOfNew(PdfFieldNode node, Dictionary<int, PdfFieldNode> all)
    {
        if (before.Find(node.Reference.Number).Kind != EntryKind.Free)
        {
            return new ObservedChange(ChangeKind.Other, $"object {node.Reference.Number}, which had another use, became field {node.FullName}");
        }

        if (Actions.Dangerous(after, node.Dictionary))
        {
            return new ObservedChange(ChangeKind.Other, $"field {node.FullName} with a script or another action");
        }

        var field = all.GetValueOrDefault(node.Field.Number, node);
        if (node.Type == "Sig" && _old.ContainsKey(field.Reference.Number))
        {
            return new ObservedChange(ChangeKind.Other, $"a further picture for signature field {node.FullName}");
        }

        if (node.Type != "Sig")
        {
            return new ObservedChange(ChangeKind.FormFieldAdded, $"form field {node.FullName}", node.FullName);
        }

        if (SignatureOf(after, field) is { } signature)
        {
            return after.Name(signature["Type"]) == "DocTimeStamp"
                ? new ObservedChange(ChangeKind.LongTermValidation, $"document timestamp {node.FullName}")
                : new ObservedChange(ChangeKind.FurtherSignature, $"signature field {node.FullName}");
        }

        return node.Dictionary["AP"] is null
            ? new ObservedChange(ChangeKind.FurtherSignature, $"empty signature field {node.FullName}")
            : Unsigned(node);
    }

    /// <summary>
    /// A field that comes to be signed brings a signature of its own; one that borrows another's would show a seal
    /// where nobody put it.
    /// </summary>
    private void ForbidSharedSignatures(IEnumerable<PdfFieldNode> now)
    {
        HashSet<int> seen = [];
        foreach (var node in now.Where(node => node is { Type: "Sig", IsWidgetOnly: false } && IsSigned(after, node)))
        {
            var wasSigned = _old.TryGetValue(node.Reference.Number, out var old) && IsSigned(before, old);
            if (node.Dictionary["V"] is PdfReference value
                && ((!wasSigned && before.Find(value.Number).Kind != EntryKind.Free) || (!seen.Add(value.Number) && !wasSigned)))
            {
                allowances.Forbid($"signature field {node.FullName} shows the signature of another field");
            }
        }
    }

    private void CompareList(PdfArray? old, PdfArray? now, string what)
    {
        HashSet<int> kept = [.. now?.Items.OfType<PdfReference>().Select(item => item.Number) ?? []];
        if (old is not null && old.Items.Any(item => item is not PdfReference reference || !kept.Contains(reference.Number)))
        {
            allowances.Forbid($"{what} lost an entry");
        }

        HashSet<int> were = [.. old?.Items.OfType<PdfReference>().Select(item => item.Number) ?? []];
        foreach (var item in now?.Items ?? [])
        {
            if (item is PdfReference reference && were.Contains(reference.Number))
            {
                continue;
            }

            if (item is PdfReference added && _new.TryGetValue(added.Number, out var meaning))
            {
                allowances.Allow(item, meaning);
            }
            else
            {
                allowances.Forbid($"{what} got an entry that is no new field");
            }
        }
    }

    private void CompareNode(PdfFieldNode old, PdfFieldNode now)
    {
        (var free, var meaning) = Rules(old, now);
        if (!ReferenceEquals(old.Dictionary, now.Dictionary))
        {
            allowances.ForbidAmbiguity(now.Dictionary, $"field {old.FullName}");
        }

        foreach (var key in old.Dictionary.Keys.Union(now.Dictionary.Keys))
        {
            var was = old.Dictionary[key];
            var @is = now.Dictionary[key];
            if (key == "Kids")
            {
                CompareList(before.Array(was), after.Array(@is), $"field {old.FullName}");
            }
            else if (free.Contains(key))
            {
                allowances.Allow(@is, meaning);
                if (!PdfEquality.Same(before, was, after, @is))
                {
                    allowances.Observe(meaning);
                }
            }
            else if (!PdfEquality.Same(before, was, after, @is))
            {
                allowances.Forbid($"/{key} of field {old.FullName}");
            }
        }

        allowances.Compared(now.Reference.Number);
    }

    private (string[] Free, ObservedChange Meaning) Rules(PdfFieldNode old, PdfFieldNode now)
    {
        ObservedChange filled = new(ChangeKind.FormFilling, $"form field {old.FullName}", old.FullName);
        if (old.Type != "Sig")
        {
            return (Filling, filled);
        }

        if (IsSigned(before, old))
        {
            return ([], filled); // what is signed stays, its picture too
        }

        var isTimestamp = SignatureOf(after, now) is { } signature && after.Name(signature["Type"]) == "DocTimeStamp";
        return IsSigned(after, now)
            ? (Signing, new ObservedChange(isTimestamp ? ChangeKind.LongTermValidation : ChangeKind.FurtherSignature, $"signature field {old.FullName}", old.FullName))
            : (Waiting, Unsigned(old));
    }

    /// <summary>One that shows something without signing is only a picture.</summary>
    private static ObservedChange Unsigned(PdfFieldNode node) => new(ChangeKind.FormFieldAdded, $"unsigned signature field {node.FullName} with a picture");

    private static bool IsSigned(PdfView view, PdfFieldNode node) => SignatureOf(view, node) is not null;

    private static PdfDictionary? SignatureOf(PdfView view, PdfFieldNode node)
    {
        var field = node.IsWidgetOnly ? view.Dictionary(node.Field) : node.Dictionary;
        var value = view.Dictionary(field?["V"]);
        return value?["Contents"] is PdfString && value["ByteRange"] is not null ? value : null;
    }
}
