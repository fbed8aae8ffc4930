namespace Seal.Tokens.Tests;

public sealed class PublicKeyTests
{
    /// <summary>What CKA_EC_POINT begins with after its 04 may look like the length of an OCTET STRING.</summary>
    [Theory]
    [InlineData(0x3F)]
    [InlineData(0x3E)]
    [InlineData(0x40)]
    [InlineData(0x41)]
    [InlineData(0x04)]
    public void A_point_is_read_the_same_however_the_token_wraps_it(byte first)
    {
        byte[] coordinates = [first, 0x04, .. Enumerable.Repeat((byte)7, 62)], wrapped = [0x04, 0x41, 0x04, .. coordinates], wrappedBare = [0x04, 0x40, .. coordinates];
        foreach (var point in (byte[][])[coordinates, [0x04, .. coordinates], wrapped, wrappedBare])
        {
            TokenPublicKey.Ec(TokenPublicKey.Sm2Curve, point)[^65..].ShouldBe([0x04, .. coordinates]);
        }

        TokenPublicKey.Sm2(coordinates)[^65..].ShouldBe([0x04, .. coordinates]);
    }
}
