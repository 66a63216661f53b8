// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IEIP3009} from "../token/IEIP3009.sol";
import {Consent} from "./Consent.sol";
import {Funding, FundingKind} from "./DealTypes.sol";
import {IDealErrors} from "./IDealErrors.sol";

/// @title FundingRoutes
/// @notice The ways in for the client's money. Each one is the client's consent to the deal, or asks for it.
library FundingRoutes {
    using SafeERC20 for IERC20;

    /// @notice What is to come in.
    /// @param dealId The deal, which the client consents to.
    /// @param token The token.
    /// @param client Who pays.
    /// @param total Atomic units.
    struct Due {
        bytes32 dealId;
        address token;
        address client;
        uint256 total;
    }

    /// @dev An EIP-3009 authorization as EIP3009 data holds it.
    struct Authorization {
        uint256 validAfter;
        uint256 validBefore;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @dev Bytes of EIP3009 data.
    uint256 private constant _AUTHORIZATION_BYTES = 5 * 32;
    /// @dev Bytes of EIP3009_BYTES data with an empty signature.
    uint256 private constant _SIGNED_BYTES_MIN = 4 * 32;
    /// @dev Bytes of the permit that ALLOWANCE data begins with.
    uint256 private constant _PERMIT_BYTES = 4 * 32;

    /// @notice Takes exactly what is due from the client.
    /// @param due What is due.
    /// @param funding The way.
    function take(Due memory due, Funding calldata funding) internal {
        IERC20 token = IERC20(due.token);
        uint256 before = token.balanceOf(address(this));
        if (funding.kind == FundingKind.EIP3009) {
            _byAuthorization(due, funding.data);
        } else if (funding.kind == FundingKind.EIP3009_BYTES) {
            _byAuthorizationBytes(due, funding.data);
        } else if (funding.kind == FundingKind.ALLOWANCE) {
            _byAllowance(due, funding.data);
        } else {
            revert IDealErrors.FundingKindNotSupported(funding.kind);
        }
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != due.total) revert IDealErrors.UnexpectedTransferAmount(due.total, received);
    }

    /// @dev The authorization's nonce is the dealId: one signature pays and consents, once.
    function _byAuthorization(Due memory due, bytes calldata data) private {
        _requireLength(FundingKind.EIP3009, data, _AUTHORIZATION_BYTES);
        Authorization memory a = abi.decode(data, (Authorization));
        IEIP3009(due.token)
            .receiveWithAuthorization(
                due.client, address(this), due.total, a.validAfter, a.validBefore, due.dealId, a.v, a.r, a.s
            );
    }

    /// @dev EIP-3009 with a signature of any length, for clients that are contracts.
    function _byAuthorizationBytes(Due memory due, bytes calldata data) private {
        _requireLength(FundingKind.EIP3009_BYTES, data, _SIGNED_BYTES_MIN);
        (uint256 validAfter, uint256 validBefore, bytes memory signature) =
            abi.decode(data, (uint256, uint256, bytes));
        IEIP3009(due.token)
            .receiveWithAuthorization(
                due.client, address(this), due.total, validAfter, validBefore, due.dealId, signature
            );
    }

    /// @dev ERC-20 allowance, after a permit where one is given; the client consents by its call or its signature.
    function _byAllowance(Due memory due, bytes calldata data) private {
        if (data.length == 0) {
            Consent.requireParty(due.client, due.dealId, data);
        } else {
            _requireLength(FundingKind.ALLOWANCE, data, _PERMIT_BYTES);
            Consent.requireParty(due.client, due.dealId, data[_PERMIT_BYTES:]);
            _tryPermit(due, data[:_PERMIT_BYTES]);
        }
        IERC20(due.token).safeTransferFrom(due.client, address(this), due.total);
    }

    /// @dev A permit that fails is let pass, as somebody may have sent it first; the transfer then tells.
    function _tryPermit(Due memory due, bytes calldata data) private {
        (uint256 deadline, uint8 v, bytes32 r, bytes32 s) =
            abi.decode(data, (uint256, uint8, bytes32, bytes32));
        if (deadline == 0) return;
        try IERC20Permit(due.token).permit(due.client, address(this), due.total, deadline, v, r, s) {}
            catch {}
    }

    /// @dev Data that is too short is refused by name; decoding it would give none.
    function _requireLength(FundingKind kind, bytes calldata data, uint256 want) private pure {
        if (data.length < want) revert IDealErrors.FundingDataTooShort(kind, data.length, want);
    }
}
