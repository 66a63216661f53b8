// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IChannelHub} from "./IChannelHub.sol";

/// @title VoucherSignatures
/// @notice Who signed a voucher: the key of the payer's authorizer or, without one, the payer, by key or, where it has
/// code, by ERC-1271 alone.
library VoucherSignatures {
    /// @notice What a wallet gets to say whether it signed, where it must not hold up others, in gas units.
    uint256 internal constant WALLET_GAS = 100_000;
    /// @dev More than is spent between looking at what is left and the call.
    uint256 private constant _CALL_GAS = 5000;
    /// @dev Where in a claim its channel's payerAuthorizer is.
    uint256 private constant _AUTHORIZER = 0x20;
    /// @dev Where in a claim the place of its signature is.
    uint256 private constant _SIGNATURE = 0x100;
    /// @dev Half the order of secp256k1: of the two signatures that s and its negative make, the one that counts.
    uint256 private constant _HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice Whether the key of the payer's authorizer signed a voucher, in plain form: 65 bytes, low s. What it
    /// denies may be signed all the same, and is for `requireSigned` or `isSigned` to judge.
    /// @dev Reads the signature wherever the row says that it is, without the compiler's bounds: past the end of
    /// calldata there are zeros, which no key signs.
    /// @param row The voucher, its channel one that exists.
    /// @param digest The voucher's.
    /// @return signed True if it is.
    function isOfAuthorizer(IChannelHub.VoucherClaim calldata row, bytes32 digest)
        internal
        view
        returns (bool signed)
    {
        assembly ("memory-safe") {
            let authorizer := calldataload(add(row, _AUTHORIZER))
            let signature := add(row, calldataload(add(row, _SIGNATURE)))
            let s := calldataload(add(signature, 0x40))
            // the precompile takes a high s too, and answers nothing to any other v than 27 and 28
            signed := iszero(or(iszero(authorizer), or(xor(calldataload(signature), 65), gt(s, _HIGHEST_S))))
            if signed {
                let words := mload(0x40)
                mstore(words, digest)
                mstore(add(words, 0x20), byte(0, calldataload(add(signature, 0x60))))
                mstore(add(words, 0x40), calldataload(add(signature, 0x20)))
                mstore(add(words, 0x60), s)
                mstore(0, 0)
                pop(staticcall(gas(), 1, words, 0x80, 0, 0x20))
                signed := eq(mload(0), authorizer)
            }
        }
    }

    /// @notice Reverts unless a voucher is signed, in the library's words where they say more.
    /// @param row The voucher and its channel.
    /// @param digest The voucher's.
    function requireSigned(IChannelHub.VoucherClaim calldata row, bytes32 digest) internal view {
        address authorizer = row.voucher.channel.payerAuthorizer;
        bool signed = authorizer != address(0)
            ? ECDSA.recoverCalldata(digest, row.signature) == authorizer
            : SignatureChecker.isValidSignatureNow(row.voucher.channel.payer, digest, row.signature);
        if (!signed) revert IChannelHub.InvalidSignature();
    }

    /// @notice Whether a voucher is signed; a wallet gets `WALLET_GAS` to say so.
    /// @param row The voucher and its channel.
    /// @param digest The voucher's.
    /// @return True if it is. Reverts if the gas does not suffice to ask.
    function isSigned(IChannelHub.VoucherClaim calldata row, bytes32 digest) internal view returns (bool) {
        address signer = row.voucher.channel.payerAuthorizer;
        if (signer == address(0)) {
            signer = row.voucher.channel.payer;
            if (signer.code.length != 0) return _walletSigned(signer, digest, row.signature);
        }
        (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(digest, row.signature);
        return problem == ECDSA.RecoverError.NoError && recovered == signer;
    }

    /// @dev A wallet that reverts, burns its gas or answers oddly has not signed.
    function _walletSigned(address wallet, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool valid)
    {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 magic = IERC1271.isValidSignature.selector;
        // a call gets 63/64 of what is left at most (EIP-150)
        if (gasleft() < WALLET_GAS * 64 / 63 + _CALL_GAS) revert IChannelHub.InsufficientGas();
        assembly ("memory-safe") {
            let ok := staticcall(WALLET_GAS, wallet, add(question, 0x20), mload(question), 0, 0x20)
            valid := and(ok, and(gt(returndatasize(), 0x1f), eq(mload(0), magic)))
        }
    }
}
