// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";
import {IEIP3009} from "./IEIP3009.sol";

/// @title TestUSDC
/// @notice A free token that behaves as USDC v2.2 does towards whoever signs: 6 decimals, EIP-3009,
/// EIP-2612, the EIP-712 domain ("USD Coin", "2") and USDC's own revert strings. For test chains only:
/// anybody can mint it, so it is worth nothing.
/// @dev USDC asks an account with code by ERC-1271 alone and never tries its key. So does this token, so
/// that what would fail with USDC fails here.
contract TestUSDC is ERC20, IEIP3009 {
    /// @notice The most that one call of `mint` gives: a million dollars.
    uint256 public constant MINT_CAP = 1_000_000e6;

    /// @notice EIP-712 type hash of TransferWithAuthorization.
    bytes32 public constant TRANSFER_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    /// @notice EIP-712 type hash of ReceiveWithAuthorization.
    bytes32 public constant RECEIVE_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    /// @notice EIP-712 type hash of CancelAuthorization.
    bytes32 public constant CANCEL_AUTHORIZATION_TYPEHASH =
        keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    bytes32 private constant _NAME_HASH = keccak256("USD Coin");
    bytes32 private constant _VERSION_HASH = keccak256("2");

    /// @notice More than MINT_CAP was asked for in one call.
    /// @param amount What was asked for.
    /// @param cap What one call gives at most.
    error MintAboveCap(uint256 amount, uint256 cap);

    /// @dev EIP-3009; times in seconds of 1970, both exclusive; `value` in atomic units.
    struct Authorization {
        address from;
        address to;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
    }

    mapping(address authorizer => mapping(bytes32 nonce => bool)) private _spent;

    /// @notice Gives test money to anybody.
    /// @param to Who gets it.
    /// @param amount Atomic units, MINT_CAP at most.
    function mint(address to, uint256 amount) external {
        if (amount > MINT_CAP) revert MintAboveCap(amount, MINT_CAP);
        _mint(to, amount);
    }

    /// @inheritdoc IEIP3009
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _move(
            TRANSFER_WITH_AUTHORIZATION_TYPEHASH,
            Authorization(from, to, value, validAfter, validBefore, nonce),
            abi.encodePacked(r, s, v)
        );
    }

    /// @inheritdoc IEIP3009
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        _move(
            TRANSFER_WITH_AUTHORIZATION_TYPEHASH,
            Authorization(from, to, value, validAfter, validBefore, nonce),
            signature
        );
    }

    /// @inheritdoc IEIP3009
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        require(to == msg.sender, "FiatTokenV2: caller must be the payee");
        _move(
            RECEIVE_WITH_AUTHORIZATION_TYPEHASH,
            Authorization(from, to, value, validAfter, validBefore, nonce),
            abi.encodePacked(r, s, v)
        );
    }

    /// @inheritdoc IEIP3009
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        require(to == msg.sender, "FiatTokenV2: caller must be the payee");
        _move(
            RECEIVE_WITH_AUTHORIZATION_TYPEHASH,
            Authorization(from, to, value, validAfter, validBefore, nonce),
            signature
        );
    }

    /// @inheritdoc IEIP3009
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external {
        _cancel(authorizer, nonce, abi.encodePacked(r, s, v));
    }

    /// @inheritdoc IEIP3009
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external {
        _cancel(authorizer, nonce, signature);
    }

    /// @inheritdoc IEIP3009
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool) {
        return _spent[authorizer][nonce];
    }

    /// @notice The EIP-712 domain's version, which payers need to sign.
    /// @return "2".
    function version() external pure returns (string memory) {
        return "2";
    }

    /// @inheritdoc ERC20
    function name() public pure override returns (string memory) {
        return "USD Coin";
    }

    /// @inheritdoc ERC20
    function symbol() public pure override returns (string memory) {
        return "USDC";
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @dev Spends the nonce before the money moves.
    function _move(bytes32 typeHash, Authorization memory a, bytes memory signature) private {
        require(block.timestamp > a.validAfter, "FiatTokenV2: authorization is not yet valid");
        require(block.timestamp < a.validBefore, "FiatTokenV2: authorization is expired");
        require(!_spent[a.from][a.nonce], "FiatTokenV2: authorization is used or canceled");
        _requireSigned(a.from, keccak256(abi.encode(typeHash, a)), signature);
        _spent[a.from][a.nonce] = true;
        emit AuthorizationUsed(a.from, a.nonce);
        _transfer(a.from, a.to, a.value);
    }

    /// @dev A cancelled nonce can never be used.
    function _cancel(address authorizer, bytes32 nonce, bytes memory signature) private {
        require(!_spent[authorizer][nonce], "FiatTokenV2: authorization is used or canceled");
        _requireSigned(
            authorizer, keccak256(abi.encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce)), signature
        );
        _spent[authorizer][nonce] = true;
        emit AuthorizationCanceled(authorizer, nonce);
    }

    /// @dev By a key or, for a contract, by ERC-1271, as in FiatToken v2.2.
    function _requireSigned(address signer, bytes32 structHash, bytes memory signature) private view {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR(), structHash));
        require(
            SignatureCheckerLib.isValidSignatureNow(signer, digest, signature),
            "FiatTokenV2: invalid signature"
        );
    }

    /// @dev The domain's name is fixed, which saves a read.
    function _constantNameHash() internal pure override returns (bytes32) {
        return _NAME_HASH;
    }

    /// @dev As in FiatToken: version 2.
    function _versionHash() internal pure override returns (bytes32) {
        return _VERSION_HASH;
    }

    /// @dev USDC gives Permit2 no standing allowance.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
