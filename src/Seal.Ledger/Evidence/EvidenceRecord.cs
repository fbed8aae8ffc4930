using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Ledger.Evidence;

/// <summary>
/// One line of an evidence file: a JSON object that says in <c>record</c> what it is. The whole format is told in
/// <c>docs/evidence.md</c>; a file is to be readable with nothing but a JSON parser and SHA-256.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "record")]
[JsonDerivedType(typeof(EvidenceHeader), "header")]
[JsonDerivedType(typeof(EvidenceStream), "stream")]
[JsonDerivedType(typeof(EvidenceEvent), "event")]
[JsonDerivedType(typeof(EvidenceMaterial), "material")]
[JsonDerivedType(typeof(EvidenceEnd), "end")]
public abstract record EvidenceRecord
{
    /// <summary>How records are written: camel case, bytes in base64, Chinese as it is, nothing for nothing.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };
}

/// <summary>The first line.</summary>
/// <param name="Format">Name and version of the format.</param>
/// <param name="About">The stream that all of it is about, <c>type/key</c>.</param>
/// <param name="Scope">Which streams are there; the host's word.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="Checkpoint">The signed checkpoint under which every event is proven: a C2SP signed note, cosignatures included.</param>
/// <param name="Keys">The log's keys, for reference: whoever checks the file takes them from elsewhere.</param>
/// <param name="Reading">How to read and check the file, in a few sentences.</param>
public sealed record EvidenceHeader(
    string Format, string About, string Scope, DateTimeOffset MadeAt, string Checkpoint, IReadOnlyList<string> Keys, IReadOnlyList<string> Reading) : EvidenceRecord
{
    /// <summary>The one version there is.</summary>
    public const string CurrentFormat = "seal-evidence/1";
}

/// <summary>Begins a stream: its events follow, from version 1 to this one.</summary>
/// <param name="Stream">Text <c>type/key</c>.</param>
/// <param name="Version">The last version under the checkpoint.</param>
public sealed record EvidenceStream(string Stream, long Version) : EvidenceRecord;

/// <summary>One event with its proof.</summary>
/// <param name="Position">Its position in the log, from 0.</param>
/// <param name="Leaf">Its canonical envelope (RFC 8785 JSON); the UTF-8 bytes of this text are what was hashed.</param>
/// <param name="Hashes">Inclusion proof under the header's checkpoint (RFC 6962 section 2.1.1), 32 bytes each, from the leaf upwards.</param>
/// <param name="Words">What the event only commits to, where it is still there.</param>
public sealed record EvidenceEvent(long Position, string Leaf, IReadOnlyList<ReadOnlyMemory<byte>> Hashes, IReadOnlyList<EvidenceWords>? Words = null) : EvidenceRecord;

/// <summary>Words behind a commitment: the event holds SHA-256(salt ‖ UTF-8 of the words) in lower-case hex.</summary>
/// <param name="Field">The member of the event's body that commits.</param>
/// <param name="Words">The words.</param>
/// <param name="Salt">The salt.</param>
public sealed record EvidenceWords(string Field, string Words, ReadOnlyMemory<byte> Salt);

/// <summary>A file that belongs to the events, such as a certificate.</summary>
/// <param name="Kind">What it is, a word of the host's.</param>
/// <param name="Name">Which one; for what an event names, the stream.</param>
/// <param name="Sha256">Its SHA-256, lower-case hex.</param>
/// <param name="Content">Its bytes; absent when it was erased.</param>
public sealed record EvidenceMaterial(string Kind, string Name, string Sha256, ReadOnlyMemory<byte>? Content) : EvidenceRecord;

/// <summary>The last line.</summary>
/// <param name="Streams">How many streams there are.</param>
/// <param name="Events">How many events.</param>
/// <param name="Materials">How many materials.</param>
/// <param name="Statement">
/// A C2SP signed note by the log's keys over the lines before this one, see <see cref="EvidenceStatement"/>: so that whoever
/// made the file answers for its completeness.
/// </param>
public sealed record EvidenceEnd(long Streams, long Events, long Materials, string Statement) : EvidenceRecord;
