using System.Text.Json.Serialization;

namespace Seal.Documents.Judging;

/// <summary>What a revision does to a signed document, ordered from harmless to grave.</summary>
[JsonConverter(typeof(KebabCase<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>Nothing that can be seen or reached.</summary>
    None,

    /// <summary>Title, author, metadata, declared version.</summary>
    DocumentInformation,

    /// <summary>Certificates, revocation lists, document timestamps (DSS).</summary>
    LongTermValidation,

    /// <summary>A further signature with its own field.</summary>
    FurtherSignature,

    /// <summary>Form fields that were there got other values.</summary>
    FormFilling,

    /// <summary>Annotations were added.</summary>
    Annotation,

    /// <summary>Annotations were added that look like content of the page: text or stamps laid over it.</summary>
    ContentAnnotation,

    /// <summary>Form fields were added.</summary>
    FormFieldAdded,

    /// <summary>Anything else.</summary>
    Other,
}
