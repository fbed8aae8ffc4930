namespace Seal.Cryptography.Tests.Support;

/// <summary>Repeatable damage: flipped, inserted, removed and repeated bytes, wrong lengths, cut tails.</summary>
internal sealed class Mutations(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Of(ReadOnlySpan<byte> original)
    {
        List<byte> bytes = [.. original];
        for (var rounds = _random.Next(1, 4); rounds > 0 && bytes.Count > 0; rounds--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 3:
                    bytes.RemoveAt(at);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.Skip(at).Take(_random.Next(1, 64)).ToArray());
                    break;
            }
        }

        return [.. bytes];
    }
}
