using System.Security.Cryptography;
using System.Text;
using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Ofd;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("a", 0xE8B7BE43u)]
    [InlineData("123456789", 0xCBF43926u)] // the check value of the CRC catalogue
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_the_published_one_however_the_data_are_cut(string text, uint expected)
    {
        var data = Encoding.ASCII.GetBytes(text);
        Crc32.Append(0, data).ShouldBe(expected);
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Crc32.Append(Crc32.Append(0, data.AsSpan(0, cut)), data.AsSpan(cut)).ShouldBe(expected, $"{cut}");
        }
    }

    [Fact]
    public void Long_data_have_the_checksum_that_their_bytes_one_by_one_have()
    {
        var data = RandomNumberGenerator.GetBytes(1100);
        for (var start = 0; start < 20; start++)
        {
            for (var length = 0; length < 300; length++)
            {
                ShouldAgree(data.AsSpan(start, length));
            }
        }

        ShouldAgree(data);
        ShouldAgree(new byte[1000]);
    }

    private static void ShouldAgree(ReadOnlySpan<byte> data)
    {
        var crc = 0u;
        foreach (var one in data)
        {
            crc = Crc32.Append(crc, [one]);
        }

        Crc32.Append(0, data).ShouldBe(crc, $"{data.Length} bytes");
        Crc32.Append(Crc32.Append(0, data[..(data.Length / 3)]), data[(data.Length / 3)..]).ShouldBe(crc, $"{data.Length} bytes, cut");
    }
}
