namespace Seal.Documents.Ofd;

/// <summary>An XML file of a package, taken apart.</summary>
/// <param name="Root">Its outermost element.</param>
/// <param name="Namespace">That element's namespace as written.</param>
/// <param name="Values">Every attribute's value and every piece of text, in order; null where the file is too large to keep them.</param>
internal sealed record OfdParsed(OfdElement Root, string Namespace, IReadOnlyList<string>? Values);
