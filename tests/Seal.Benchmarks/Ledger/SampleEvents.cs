using System.Security.Cryptography;
using System.Text;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>The events that are appended: bodies of 400 bytes.</summary>
internal static class SampleEvents
{
    public const string Type = "thing.done.v1";

    /// <summary>A body of 400 bytes that is not canonical yet: its members stand in no order.</summary>
    public static ReadOnlyMemory<byte> Body { get; } = Make();

    /// <summary>The canonical form's length is the same: only the order changes.</summary>
    public static string HexBody { get; } = Convert.ToHexStringLower(Body.Span);

    public static AppendRequest To(string stream, long expected, params AppendCondition[] conditions) =>
        new([new StreamWrite(stream, expected, [new EventData(Type, Body)])], ReadOnlyMemory<byte>.Empty) { Conditions = conditions };

    public static AppendRequest WithKey(AppendRequest request, string key) =>
        request with { Idempotency = new IdempotencyKey("caller", key, SHA256.HashData(Encoding.UTF8.GetBytes(key)), "200") };

    private static byte[] Make()
    {
        const string Front = """{"seal":"3301020000017","person":"01JD8Z0T7Q2M5N9R4V6W8X0Y2A","amount":17,"reason":"contract","document":{"digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","pages":12},"note":" """;
        return Encoding.UTF8.GetBytes(Front.TrimEnd() + new string('x', 400 - Front.TrimEnd().Length - 2) + "\"}");
    }
}
